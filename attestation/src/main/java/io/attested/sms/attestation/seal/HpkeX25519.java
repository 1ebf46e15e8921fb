package io.attested.sms.attestation.seal;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;

/**
 * HPKE base mode with DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM (RFC 9180 sections 5.1.1, 7.1, 7.2, 7.3).
 *
 * <p>The portable adapter, on BouncyCastle.
 */
public final class HpkeX25519 implements EnvelopeSealer {
    /** The suite's name in runtime data. */
    public static final String KEM = "X25519-HKDF-SHA256";

    private static final int KEY_LENGTH = 32;

    @Override
    public String kem() {
        return KEM;
    }

    @Override
    public SealedBytes seal(byte[] recipientKey, byte[] info, byte[] aad, SecretBytes plaintext)
            throws InvalidKeyException {
        if (recipientKey.length != KEY_LENGTH) {
            throw new InvalidKeyException(
                    "encryption key has " + recipientKey.length + " bytes, expected " + KEY_LENGTH);
        }
        HPKE hpke = suite(HPKE.aead_AES_GCM256);
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

    /** A fresh key pair for one envelope, from the platform's random source. */
    public static EnvelopeOpener newOpener() {
        return newOpener(new SecureRandom());
    }

    /** A fresh key pair for one envelope. */
    public static EnvelopeOpener newOpener(SecureRandom random) {
        X25519PrivateKeyParameters key = new X25519PrivateKeyParameters(random);
        return new Opener(
                SecretBytes.owning(key.getEncoded()), key.generatePublicKey().getEncoded(), HPKE.aead_AES_GCM256);
    }

    /** The opener of a known key pair and cipher, for RFC 9180's vectors, whose appendix has no AES-256-GCM. */
    static EnvelopeOpener openerOf(byte[] privateKey, byte[] publicKey, short aead) {
        return new Opener(SecretBytes.copyOf(privateKey), publicKey.clone(), aead);
    }

    private static HPKE suite(short aead) {
        return new HPKE(HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, aead);
    }

    /** Holds the private key as bytes that can be wiped; BouncyCastle's form, which cannot, lives only while needed. */
    private static final class Opener implements EnvelopeOpener {
        private final SecretBytes privateKey;
        private final byte[] publicKey;
        private final short aead;

        Opener(SecretBytes privateKey, byte[] publicKey, short aead) {
            this.privateKey = privateKey;
            this.publicKey = publicKey;
            this.aead = aead;
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
            byte[] raw = privateKey.copy(RawSecretAccess.to("open an envelope"));
            try {
                HPKE hpke = suite(aead);
                AsymmetricCipherKeyPair keys = hpke.deserializePrivateKey(raw, publicKey);
                return Optional.of(SecretBytes.owning(
                        hpke.open(sealed.enc(), keys, info, aad, sealed.ciphertext(), null, null, null)));
            } catch (InvalidCipherTextException | RuntimeException anyFailure) {
                // BouncyCastle throws unchecked exceptions on a bad encapsulated key; all failures look the same here.
                return Optional.empty();
            } finally {
                Arrays.fill(raw, (byte) 0);
            }
        }

        @Override
        public void close() {
            privateKey.close();
        }
    }
}
