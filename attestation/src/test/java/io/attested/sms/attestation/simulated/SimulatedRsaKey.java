package io.attested.sms.attestation.simulated;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Properties;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.engines.RSABlindedEngine;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.signers.PSSSigner;
import org.bouncycastle.operator.ContentSigner;

/**
 * An RSA key pair of 4,096 bits that everybody knows: finding primes of that size would cost each test run seconds. Its
 * signatures have a constant salt, so that they are the same every time.
 *
 * @param parameters the private key
 */
public record SimulatedRsaKey(RSAPrivateCrtKeyParameters parameters) {
    private static final String RESOURCE = "simulated-rsa-4096.properties";
    private static final BigInteger EXPONENT = BigInteger.valueOf(65537);

    /** The key of this name: {@code ark}, {@code ask}, {@code asvk}, {@code other-ark} or {@code other-ask}. */
    public static SimulatedRsaKey named(String name) {
        Properties primes = new Properties();
        try (InputStream stream = SimulatedRsaKey.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException("class path lacks " + RESOURCE);
            }
            primes.load(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return of(
                new BigInteger(primes.getProperty(name + ".p"), 16),
                new BigInteger(primes.getProperty(name + ".q"), 16));
    }

    private static SimulatedRsaKey of(BigInteger p, BigInteger q) {
        BigInteger pMinus = p.subtract(BigInteger.ONE);
        BigInteger qMinus = q.subtract(BigInteger.ONE);
        BigInteger secret = EXPONENT.modInverse(pMinus.multiply(qMinus));
        return new SimulatedRsaKey(new RSAPrivateCrtKeyParameters(
                p.multiply(q), EXPONENT, secret, p, q, secret.mod(pMinus), secret.mod(qMinus), q.modInverse(p)));
    }

    SubjectPublicKeyInfo info() {
        try {
            return new SubjectPublicKeyInfo(
                    new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                    new RSAPublicKey(parameters.getModulus(), EXPONENT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Signs with SHA-384 as AMD does. */
    ContentSigner contentSigner() {
        return contentSigner(true);
    }

    /** Signs with SHA-256, as AMD does not. */
    ContentSigner weakContentSigner() {
        return contentSigner(false);
    }

    private ContentSigner contentSigner(boolean sha384) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        return new ContentSigner() {
            @Override
            public AlgorithmIdentifier getAlgorithmIdentifier() {
                return algorithm(sha384);
            }

            @Override
            public OutputStream getOutputStream() {
                return content;
            }

            @Override
            public byte[] getSignature() {
                return sign(content.toByteArray(), sha384 ? new SHA384Digest() : new SHA256Digest());
            }
        };
    }

    private byte[] sign(byte[] message, Digest digest) {
        PSSSigner signer = new PSSSigner(new RSABlindedEngine(), digest, new byte[digest.getDigestSize()]);
        signer.init(true, parameters);
        signer.update(message, 0, message.length);
        try {
            return signer.generateSignature();
        } catch (CryptoException e) {
            throw new IllegalStateException(e);
        }
    }

    private static AlgorithmIdentifier algorithm(boolean sha384) {
        AlgorithmIdentifier hash = new AlgorithmIdentifier(
                sha384 ? NISTObjectIdentifiers.id_sha384 : NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE);
        return new AlgorithmIdentifier(
                PKCSObjectIdentifiers.id_RSASSA_PSS,
                new RSASSAPSSparams(
                        hash,
                        new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, hash),
                        new ASN1Integer(sha384 ? 48 : 32),
                        new ASN1Integer(1)));
    }

    @Override
    public String toString() {
        return "SimulatedRsaKey[redacted]";
    }
}
