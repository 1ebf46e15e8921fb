package io.attested.sms.attestation.simulated;

import io.attested.sms.attestation.ByteString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;

/**
 * A certificate authority of the simulated AMD: ARK, ASK or ASVK.
 *
 * @param key its key
 * @param holder its certificate
 */
public record SimulatedAuthority(SimulatedRsaKey key, X509CertificateHolder holder) {
    private static final String VENDOR = "1.3.6.1.4.1.3704.1.";

    static SimulatedAuthority selfSigned(AmdCertificateTerms terms, SimulatedRsaKey key) {
        return new SimulatedAuthority(key, build(terms, name(terms.commonName()), key.contentSigner()));
    }

    /** Issues a certificate for an authority with this key. */
    public SimulatedAuthority issueAuthority(AmdCertificateTerms terms, SimulatedRsaKey subjectKey) {
        return new SimulatedAuthority(subjectKey, build(terms, holder.getSubject(), key.contentSigner()));
    }

    /** Issues a certificate, DER. */
    public ByteString issue(AmdCertificateTerms terms) {
        return issueForged(terms, key);
    }

    /** Issues a certificate that names this authority as issuer but is signed by another key, DER. */
    public ByteString issueForged(AmdCertificateTerms terms, SimulatedRsaKey other) {
        return der(build(terms, holder.getSubject(), other.contentSigner()));
    }

    /** Issues a certificate with another hash than AMD uses, DER. */
    public ByteString issueWeakly(AmdCertificateTerms terms) {
        return der(build(terms, holder.getSubject(), key.weakContentSigner()));
    }

    /** PEM ended by LF, lines of 64 characters. */
    public String pem() {
        Base64.Encoder encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
        return "-----BEGIN CERTIFICATE-----\n"
                + encoder.encodeToString(der(holder).toByteArray()) + "\n-----END CERTIFICATE-----\n";
    }

    private static X509CertificateHolder build(AmdCertificateTerms terms, X500Name issuer, ContentSigner signer) {
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                issuer,
                terms.serial(),
                Date.from(terms.notBefore()),
                Date.from(terms.notAfter()),
                name(terms.commonName()),
                terms.key());
        try {
            if (terms.authority().isPresent()) {
                boolean is = terms.authority().get();
                builder.addExtension(
                        Extension.basicConstraints, true, is ? new BasicConstraints(0) : new BasicConstraints(false));
            }
            if (terms.usage().isPresent()) {
                builder.addExtension(
                        Extension.keyUsage, true, new KeyUsage(terms.usage().get()));
            }
            for (Map.Entry<String, byte[]> extension : terms.vendorExtensions().entrySet()) {
                builder.addExtension(
                        new ASN1ObjectIdentifier(VENDOR + extension.getKey()), false, extension.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return builder.build(signer);
    }

    private static ByteString der(X509CertificateHolder certificate) {
        try {
            return ByteString.copyOf(certificate.getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static X500Name name(String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.OU, "Engineering")
                .addRDN(BCStyle.C, "US")
                .addRDN(BCStyle.L, "Santa Clara")
                .addRDN(BCStyle.ST, "CA")
                .addRDN(BCStyle.O, "Advanced Micro Devices")
                .addRDN(BCStyle.CN, commonName)
                .build();
    }
}
