package io.attested.sms.keyring;

import java.util.Arrays;

/**
 * A value at rest: AES-256-GCM under a data key of its own, and that data key wrapped.
 *
 * @param wrappedKey nonce (12 bytes), encrypted data key (32 bytes), tag (16 bytes)
 * @param ciphertext nonce (12 bytes), ciphertext (length of the value), tag (16 bytes)
 */
@SuppressWarnings("ArrayRecordComponent")
public record Sealed(byte[] wrappedKey, byte[] ciphertext) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Sealed that
                && Arrays.equals(wrappedKey, that.wrappedKey)
                && Arrays.equals(ciphertext, that.ciphertext);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ciphertext);
    }

    @Override
    public String toString() {
        return "Sealed[" + ciphertext.length + " bytes]";
    }
}
