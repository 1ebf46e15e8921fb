package io.attested.sms.attestation.simulated;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.operator.ContentSigner;

/**
 * A P-256 key pair derived from a seed and a label; its signatures are deterministic (RFC 6979).
 *
 * @param secret the private number
 */
public record SimulatedKey(BigInteger secret) {
    private static final ECDomainParameters DOMAIN = new ECDomainParameters(CustomNamedCurves.getByName("secp256r1"));

    /** The key of this seed and label. */
    public static SimulatedKey derive(byte[] seed, String label) {
        byte[] wide = digest("SHA-512", seed, label.getBytes(StandardCharsets.UTF_8));
        BigInteger range = DOMAIN.getN().subtract(BigInteger.ONE);
        return new SimulatedKey(new BigInteger(1, wide).mod(range).add(BigInteger.ONE));
    }

    /** x‖y, 64 bytes. */
    public byte[] publicKey() {
        byte[] point = DOMAIN.getG().multiply(secret).normalize().getEncoded(false);
        return Arrays.copyOfRange(point, 1, point.length);
    }

    /** r‖s over the SHA-256 of {@code message}, 64 bytes. */
    public byte[] sign(byte[] message) {
        BigInteger[] signature = numbers(message);
        byte[] raw = new byte[64];
        System.arraycopy(fixed(signature[0]), 0, raw, 0, 32);
        System.arraycopy(fixed(signature[1]), 0, raw, 32, 32);
        return raw;
    }

    SubjectPublicKeyInfo info() {
        byte[] point = DOMAIN.getG().multiply(secret).normalize().getEncoded(false);
        return new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1), point);
    }

    ContentSigner contentSigner() {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        return new ContentSigner() {
            @Override
            public AlgorithmIdentifier getAlgorithmIdentifier() {
                return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
            }

            @Override
            public OutputStream getOutputStream() {
                return content;
            }

            @Override
            public byte[] getSignature() {
                return derSignature(content.toByteArray());
            }
        };
    }

    private byte[] derSignature(byte[] message) {
        try {
            BigInteger[] signature = numbers(message);
            return StandardDSAEncoding.INSTANCE.encode(DOMAIN.getN(), signature[0], signature[1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private BigInteger[] numbers(byte[] message) {
        ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, new ECPrivateKeyParameters(secret, DOMAIN));
        return signer.generateSignature(digest("SHA-256", message));
    }

    private static byte[] fixed(BigInteger number) {
        byte[] fixed = new byte[32];
        byte[] bytes = number.toByteArray();
        int skip = Math.max(0, bytes.length - 32);
        System.arraycopy(bytes, skip, fixed, 32 - (bytes.length - skip), bytes.length - skip);
        return fixed;
    }

    static byte[] digest(String algorithm, byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }

    @Override
    public String toString() {
        return "SimulatedKey[redacted]";
    }
}
