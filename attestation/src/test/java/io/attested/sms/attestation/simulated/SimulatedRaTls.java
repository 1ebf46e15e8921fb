package io.attested.sms.attestation.simulated;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;

/**
 * An enclave that makes RA-TLS certificates as Gramine and Intel's first RA-TLS do.
 *
 * @param enclave whose quotes they hold
 * @param key the certificates' key
 * @param signer makes signers, one for each certificate; with another key than {@code key} they are forged
 */
public record SimulatedRaTls(SimulatedEnclave enclave, SubjectPublicKeyInfo key, Supplier<ContentSigner> signer) {
    public static final String GRAMINE = "2.23.133.5.4.9";
    public static final String GRAMINE_LEGACY = "0.6.9.42.840.113741.1337.6";
    public static final String INTEL_LEGACY = "1.2.840.113741.1337.6";

    private static final X500Name NAME = new X500Name("CN=RATLS,O=Simulated,C=US");

    /** With a P-256 key. */
    public static SimulatedRaTls of(SimulatedEnclave enclave, SimulatedKey key) {
        return new SimulatedRaTls(enclave, key.info(), key::contentSigner);
    }

    /** The same with a signature by another key. */
    public SimulatedRaTls signedBy(SimulatedKey other) {
        return new SimulatedRaTls(enclave, key, other::contentSigner);
    }

    /** Gramine's standard form, DER. */
    public byte[] gramine() {
        return certificate(Map.of(GRAMINE, tagged(claims(Optional.empty()))));
    }

    /** Gramine's standard form with a nonce, DER. */
    public byte[] gramine(byte[] nonce) {
        return certificate(Map.of(GRAMINE, tagged(claims(Optional.of(nonce)))));
    }

    /** Both of Gramine's forms, as it writes them, DER. */
    public byte[] gramineBoth() {
        return certificate(Map.of(GRAMINE, tagged(claims(Optional.empty())), GRAMINE_LEGACY, quoteOver(keyDer())));
    }

    /** Gramine's legacy form, DER. */
    public byte[] gramineLegacy() {
        return certificate(Map.of(GRAMINE_LEGACY, quoteOver(keyDer())));
    }

    /** Intel's legacy form, DER. */
    public byte[] intelLegacy() {
        return certificate(Map.of(INTEL_LEGACY, quoteOver(key.getPublicKeyData().getBytes())));
    }

    /** A certificate with these extensions, dated 2001, DER. */
    public byte[] certificate(Map<String, byte[]> extensions) {
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                NAME,
                BigInteger.ONE,
                Date.from(Instant.parse("2001-01-01T00:00:00Z")),
                Date.from(Instant.parse("2001-12-31T23:59:59Z")),
                NAME,
                key);
        try {
            builder.addExtension(Extension.basicConstraints, false, new BasicConstraints(false));
            for (Map.Entry<String, byte[]> extension : extensions.entrySet()) {
                builder.addExtension(new ASN1ObjectIdentifier(extension.getKey()), false, extension.getValue());
            }
            return builder.build(signer.get()).getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A quote whose report data is the SHA-256 of {@code hashed} and zeros. */
    public byte[] quoteOver(byte[] hashed) {
        return enclave.quote(Arrays.copyOf(SimulatedKey.digest("SHA-256", hashed), 64));
    }

    /** The claims of the standard form, CBOR. */
    public byte[] claims(Optional<byte[]> nonce) {
        byte[] keyHash = joined(head(4, 2), head(0, 1), string(2, SimulatedKey.digest("SHA-256", keyDer())));
        byte[] first = joined(text("pubkey-hash"), string(2, keyHash));
        return nonce.map(value -> joined(head(5, 2), first, text("nonce"), string(2, value)))
                .orElseGet(() -> joined(head(5, 1), first));
    }

    /** The content of the standard form's extension with a fitting quote. */
    public byte[] tagged(byte[] claims) {
        return tagged(quoteOver(claims), claims);
    }

    /** The content of the standard form's extension. */
    public static byte[] tagged(byte[] quote, byte[] claims) {
        return joined(head(6, 60000), head(4, 2), string(2, quote), string(2, claims));
    }

    /** SubjectPublicKeyInfo, DER. */
    public byte[] keyDer() {
        try {
            return key.getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** CBOR head in its shortest form. */
    public static byte[] head(int kind, int value) {
        if (value < 24) {
            return new byte[] {(byte) (kind << 5 | value)};
        }
        if (value < 1 << 8) {
            return new byte[] {(byte) (kind << 5 | 24), (byte) value};
        }
        return value < 1 << 16
                ? new byte[] {(byte) (kind << 5 | 25), (byte) (value >> 8), (byte) value}
                : new byte[] {
                    (byte) (kind << 5 | 26),
                    (byte) (value >> 24),
                    (byte) (value >> 16),
                    (byte) (value >> 8),
                    (byte) value
                };
    }

    /** CBOR byte string (kind 2) or text (kind 3). */
    public static byte[] string(int kind, byte[] content) {
        return joined(head(kind, content.length), content);
    }

    /** CBOR text. */
    public static byte[] text(String text) {
        return string(3, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** One after another. */
    public static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
