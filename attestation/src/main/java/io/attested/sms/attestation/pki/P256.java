package io.attested.sms.attestation.pki;

import io.attested.sms.attestation.ByteString;

/**
 * ECDSA verification on P-256 with SHA-256 (FIPS 186-5); the port behind which a native provider can stand.
 *
 * <p>An implementation must answer false, and never throw, when r or s is outside 1 … n−1 or the key is no point of the
 * curve.
 */
public interface P256 {
    /** Length of a key (x‖y) and of a signature (r‖s) in bytes. */
    int LENGTH = 64;

    /**
     * Whether the signature holds.
     *
     * @param key x‖y, 64 bytes, big-endian numbers
     * @param message the signed bytes, not their hash
     * @param signature r‖s, 64 bytes, big-endian numbers
     */
    boolean verifies(ByteString key, ByteString message, ByteString signature);

    /** Who computes, with its version, for an operator's eyes. */
    String provider();

    /** The same checks without a memory, for what must leave no trace in one. */
    default P256 unremembered() {
        return this;
    }
}
