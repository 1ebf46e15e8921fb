package io.attested.sms.attestation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;

/**
 * The one root certificate that evidence has to chain to.
 *
 * <p>A caller that trusts another root than {@link #intel()} trusts whoever holds that root's key to invent enclaves; do
 * it for tests and demonstrations only, and show {@link #name()} wherever a verdict is shown.
 *
 * @param name shown in verdicts, for instance {@code intel-sgx-root}
 * @param certificate self-signed P-256 certificate
 */
public record TrustRoot(String name, X509Certificate certificate) {
    /** Name of {@link #intel()}. */
    public static final String INTEL = "intel-sgx-root";

    private static final String INTEL_RESOURCE = "intel-sgx-root-ca.pem";

    /** Intel SGX Root CA, second edition, valid from 2018-05-21T10:45:10Z to 2049-12-31T23:59:59Z. */
    public static TrustRoot intel() {
        try (InputStream pem = TrustRoot.class.getResourceAsStream(INTEL_RESOURCE)) {
            if (pem == null) {
                throw new IllegalStateException("this jar lacks its resource " + INTEL_RESOURCE);
            }
            return of(INTEL, new String(pem.readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new IllegalStateException("cannot read the resource " + INTEL_RESOURCE, e);
        }
    }

    /**
     * Another root.
     *
     * @param pem one certificate
     * @throws IllegalArgumentException when {@code pem} is not exactly one certificate
     */
    public static TrustRoot of(String name, String pem) {
        try {
            byte[] bytes = pem.getBytes(StandardCharsets.US_ASCII);
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bytes));
            if (certificates.size() != 1) {
                throw new IllegalArgumentException(
                        "root " + name + " has " + certificates.size() + " certificates, expected exactly 1");
            }
            return new TrustRoot(name, (X509Certificate) certificates.iterator().next());
        } catch (CertificateException e) {
            throw new IllegalArgumentException("root " + name + " is no X.509 certificate in PEM", e);
        }
    }

    /** The certificate, DER. */
    public ByteString der() {
        try {
            return ByteString.copyOf(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("root " + name + " cannot be encoded", e);
        }
    }

    /** SHA-256 of the DER certificate, 32 bytes. */
    public byte[] sha256() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(der().toByteArray());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
