package io.attested.sms.attestation.seal;

/**
 * Seals a plaintext to a recipient's public key: HPKE base mode, RFC 9180.
 *
 * <p>Guarantee: only the holder of the private key can read it, and only with the same {@code info} and {@code aad}. Not
 * guaranteed: who sealed it (base mode has no sender); that is what {@link ServiceSignature} is for.
 */
public interface EnvelopeSealer {
    /** Name of the suite as it stands in the runtime data's member {@code kem}. */
    String kem();

    /**
     * Seals {@code plaintext}.
     *
     * @param recipientKey the recipient's public key in the suite's serialised form; 32 bytes for X25519
     * @throws InvalidKeyException when {@code recipientKey} is no usable public key; nothing was sealed
     */
    SealedBytes seal(byte[] recipientKey, byte[] info, byte[] aad, SecretBytes plaintext) throws InvalidKeyException;

    /** The recipient's key is malformed or a point of low order. */
    final class InvalidKeyException extends Exception {
        private static final long serialVersionUID = 1L;

        InvalidKeyException(String message) {
            super(message);
        }
    }
}
