package io.attested.sms.worker.release;

import io.attested.sms.attestation.seal.SealedBytes;
import io.attested.sms.worker.ethereum.Bytes32;
import io.attested.sms.worker.json.MalformedJsonException;
import io.attested.sms.worker.json.StrictJson;
import java.util.Set;

/**
 * A sealed envelope, not yet opened and not yet believed.
 *
 * @param sealed the envelope
 * @param signature 64 bytes, said to be the service's
 * @param log where the grant stands in the service's log
 */
@SuppressWarnings("ArrayRecordComponent")
public record Grant(SealedBytes sealed, byte[] signature, LogPosition log) {
    private static final Set<String> MEMBERS = Set.of("enc", "ciphertext", "signature", "log");
    private static final Set<String> LOG_MEMBERS = Set.of("sequence", "head", "signature");

    static Grant parse(byte[] json) throws MalformedJsonException {
        StrictJson object = StrictJson.parse("the service's grant", json, MEMBERS);
        StrictJson log = object.object("log", LOG_MEMBERS);
        return new Grant(
                new SealedBytes(object.base64("enc"), object.base64("ciphertext")),
                object.base64("signature"),
                new LogPosition(
                        log.number("sequence"),
                        log.parsed("head", Wire.HASH, Bytes32::parse),
                        log.base64("signature")));
    }

    @Override
    public String toString() {
        return "Grant[" + sealed + ", log entry " + log.sequence() + "]";
    }

    /**
     * A signed head of the log. Kept by the caller, it convicts a service that later shows another history.
     *
     * @param sequence number of the entry
     * @param head hash of the log up to it
     * @param signature the service's, over the head
     */
    public record LogPosition(long sequence, Bytes32 head, byte[] signature) {}
}
