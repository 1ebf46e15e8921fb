package io.attested.sms.operate.admin;

import io.attested.sms.chain.Bytes32;
import io.attested.sms.operate.store.StoreStamp;
import java.time.Instant;

/**
 * What a backup holds.
 *
 * @param stamp the store it was made of
 * @param madeAt by the service's clock
 * @param serviceId SHA-256 of the service key
 * @param sequence number of the log's last entry in it
 * @param head hash of the log's chain up to that entry
 */
public record Contents(StoreStamp stamp, Instant madeAt, Bytes32 serviceId, long sequence, Bytes32 head) {}
