package io.attested.sms.attestation.seal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * The service key's signatures: Ed25519 (RFC 8032) over a domain, a zero byte and a statement.
 *
 * <p>The domain keeps a signature made for one purpose from being shown for another.
 */
public final class ServiceSignature {
    /** Length of a public key, of a private seed, in bytes. */
    public static final int KEY_LENGTH = 32;

    /** Length of a signature in bytes. */
    public static final int LENGTH = 64;

    private static final String ENVELOPE_DOMAIN = "sms-envelope/1";

    private ServiceSignature() {}

    /** A new private seed, 32 bytes. */
    public static SecretBytes newSeed(SecureRandom random) {
        byte[] seed = new byte[KEY_LENGTH];
        random.nextBytes(seed);
        return SecretBytes.owning(seed);
    }

    /** The public key of a seed, 32 bytes. */
    public static byte[] publicKey(SecretBytes seed) {
        byte[] raw = seed.copy(RawSecretAccess.to("derive the service's public key"));
        try {
            return new Ed25519PrivateKeyParameters(raw, 0).generatePublicKey().getEncoded();
        } finally {
            Arrays.fill(raw, (byte) 0);
        }
    }

    /**
     * The statement signed beside an envelope: {@code SHA-512(quote) ‖ SHA-512(enc ‖ ciphertext)}, native protocol
     * section 4. It ties the answer to the one quote that asked for it.
     */
    public static byte[] envelopeStatement(byte[] quote, SealedBytes sealed) {
        MessageDigest digest = sha512();
        byte[] ofQuote = digest.digest(quote);
        digest.update(sealed.enc());
        byte[] ofEnvelope = digest.digest(sealed.ciphertext());
        byte[] statement = Arrays.copyOf(ofQuote, ofQuote.length + ofEnvelope.length);
        System.arraycopy(ofEnvelope, 0, statement, ofQuote.length, ofEnvelope.length);
        return statement;
    }

    /** Signs an envelope for the quote it answers. */
    public static byte[] signEnvelope(SecretBytes seed, byte[] quote, SealedBytes sealed) {
        return sign(seed, ENVELOPE_DOMAIN, envelopeStatement(quote, sealed));
    }

    /** Whether {@code signature} is the service's over this quote and this envelope. */
    public static boolean verifiesEnvelope(byte[] serviceKey, byte[] quote, SealedBytes sealed, byte[] signature) {
        return verifies(serviceKey, ENVELOPE_DOMAIN, envelopeStatement(quote, sealed), signature);
    }

    /** Signs {@code domain ‖ 0 ‖ statement}. */
    public static byte[] sign(SecretBytes seed, String domain, byte[] statement) {
        byte[] raw = seed.copy(RawSecretAccess.to("sign as the service"));
        try {
            Ed25519Signer signer = new Ed25519Signer();
            signer.init(true, new Ed25519PrivateKeyParameters(raw, 0));
            byte[] message = message(domain, statement);
            signer.update(message, 0, message.length);
            return signer.generateSignature();
        } finally {
            Arrays.fill(raw, (byte) 0);
        }
    }

    /** Whether {@code signature} is a signature of {@code serviceKey} over {@code domain ‖ 0 ‖ statement}. */
    public static boolean verifies(byte[] serviceKey, String domain, byte[] statement, byte[] signature) {
        if (serviceKey.length != KEY_LENGTH || signature.length != LENGTH) {
            return false;
        }
        try {
            Ed25519Signer verifier = new Ed25519Signer();
            verifier.init(false, new Ed25519PublicKeyParameters(serviceKey, 0));
            byte[] message = message(domain, statement);
            verifier.update(message, 0, message.length);
            return verifier.verifySignature(signature);
        } catch (IllegalArgumentException notAPoint) {
            return false;
        }
    }

    private static byte[] message(String domain, byte[] statement) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(domain.getBytes(StandardCharsets.US_ASCII));
        message.write(0);
        message.writeBytes(statement);
        return message.toByteArray();
    }

    private static MessageDigest sha512() {
        try {
            return MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-512", e);
        }
    }
}
