package io.attested.sms.attestation.seal;

import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;

/**
 * HPKE base mode with DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM (RFC 9180 sections 5.1.1, 7.1, 7.2, 7.3).
 *
 * <p>The portable adapter, on BouncyCastle.
 */
public final class HpkeX25519 implements EnvelopeSealer {
    /** The suite's name in runtime data. */
    public static final String KEM = "X25519-HKDF-SHA256";

    private static final int PUBLIC_KEY_LENGTH = 32;

    @Override
    public String kem() {
        return KEM;
    }

    @Override
    public SealedBytes seal(byte[] recipientKey, byte[] info, byte[] aad, SecretBytes plaintext)
            throws InvalidKeyException {
        if (recipientKey.length != PUBLIC_KEY_LENGTH) {
            throw new InvalidKeyException(
                    "encryption key has " + recipientKey.length + " bytes, expected " + PUBLIC_KEY_LENGTH);
        }
        HPKE hpke = suite();
        byte[] raw = plaintext.copy(RawSecretAccess.to("seal it into an envelope"));
        try {
            HPKEContextWithEncapsulation context = hpke.setupBaseS(hpke.deserializePublicKey(recipientKey), info);
            return new SealedBytes(context.getEncapsulation(), context.seal(aad, raw));
        } catch (InvalidCipherTextException | RuntimeException unusableKey) {
            // BouncyCastle reports a low-order point by an unchecked exception.
            throw new InvalidKeyException("encryption key is no usable X25519 public key");
        } finally {
            Arrays.fill(raw, (byte) 0);
        }
    }

    /** A fresh key pair for one envelope. */
    public static EnvelopeOpener newOpener() {
        return new Opener(suite().generatePrivateKey());
    }

    static EnvelopeOpener openerOf(byte[] privateKey, byte[] publicKey) {
        return new Opener(suite().deserializePrivateKey(privateKey, publicKey));
    }

    private static HPKE suite() {
        return new HPKE(HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
    }

    private static final class Opener implements EnvelopeOpener {
        private final AsymmetricCipherKeyPair keys;
        private final byte[] publicKey;

        Opener(AsymmetricCipherKeyPair keys) {
            this.keys = keys;
            AsymmetricKeyParameter key = keys.getPublic();
            this.publicKey = suite().serializePublicKey(key);
        }

        @Override
        public String kem() {
            return KEM;
        }

        @Override
        public byte[] publicKey() {
            return publicKey.clone();
        }

        @Override
        public Optional<SecretBytes> open(SealedBytes sealed, byte[] info, byte[] aad) {
            try {
                return Optional.of(SecretBytes.owning(
                        suite().open(sealed.enc(), keys, info, aad, sealed.ciphertext(), null, null, null)));
            } catch (InvalidCipherTextException | RuntimeException anyFailure) {
                // BouncyCastle throws unchecked exceptions on a bad encapsulated key; all failures look the same here.
                return Optional.empty();
            }
        }

        @Override
        public void close() {
            // BouncyCastle keeps the private key in immutable parameters; dropping the reference is all there is.
        }
    }
}
