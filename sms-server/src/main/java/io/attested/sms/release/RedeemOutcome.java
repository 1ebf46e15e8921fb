package io.attested.sms.release;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.seal.SealedBytes;
import io.attested.sms.audit.LogHead;
import io.attested.sms.grant.Refusal;

/** What became of a redeemed challenge. */
public sealed interface RedeemOutcome {

    /**
     * An envelope for the enclave that the evidence proves.
     *
     * @param signature the service key's, 64 bytes
     * @param head the log's head that covers the entry of this grant
     */
    record Granted(SealedBytes envelope, ByteString signature, LogHead head) implements RedeemOutcome {}

    /** Nothing was released. */
    record Refused(Refusal refusal) implements RedeemOutcome {}
}
