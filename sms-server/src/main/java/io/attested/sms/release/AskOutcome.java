package io.attested.sms.release;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.grant.Refusal;
import java.time.Instant;

/** What became of a request for a challenge. */
public sealed interface AskOutcome {

    /** A challenge was made. */
    record Issued(String challenge, Bytes32 nonce, Instant expiresAt, ByteString serviceKey) implements AskOutcome {}

    /** None was made. */
    record Refused(Refusal refusal) implements AskOutcome {}
}
