package io.attested.sms.attestation.seal;

import java.util.Optional;

/**
 * A fresh recipient key that opens what was sealed to it: HPKE base mode, RFC 9180.
 *
 * <p>One instance holds one private key, made when the instance was made and never handed out.
 */
public interface EnvelopeOpener extends AutoCloseable {
    /** Name of the suite as it stands in the runtime data's member {@code kem}. */
    String kem();

    /** The public key in the suite's serialised form; 32 bytes for X25519. */
    byte[] publicKey();

    /**
     * The plaintext, or nothing. Why it did not open is not told.
     *
     * @throws IllegalStateException after {@link #close}
     */
    Optional<SecretBytes> open(SealedBytes sealed, byte[] info, byte[] aad);

    /** Overwrites the private key. Nothing sealed to it can be opened any more. */
    @Override
    void close();
}
