package io.attested.sms.attestation.seal;

/**
 * An HPKE ciphertext (RFC 9180 section 5): the encapsulated key and the ciphertext with its tag.
 *
 * @param enc encapsulated key; 32 bytes for X25519
 * @param ciphertext ciphertext followed by the 16-byte tag
 */
@SuppressWarnings("ArrayRecordComponent")
public record SealedBytes(byte[] enc, byte[] ciphertext) {
    @Override
    public String toString() {
        return "SealedBytes[enc " + enc.length + " bytes, ciphertext " + ciphertext.length + " bytes]";
    }
}
