package io.attested.sms.attestation.simulated;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;

/**
 * A certificate of the simulated PKI with its private key.
 *
 * @param key the subject's key
 * @param holder the certificate
 */
public record SimulatedCertificate(SimulatedKey key, X509CertificateHolder holder) {
    private static final ASN1ObjectIdentifier PCK_EXTENSION = new ASN1ObjectIdentifier("1.2.840.113741.1.13.1");
    private static final String LIST_LOCATION = "https://simulated.invalid/crl.der";

    static SimulatedCertificate selfSigned(CertificateTerms terms) {
        return build(terms, name(terms.commonName()), terms.key());
    }

    /** Issues a certificate. */
    public SimulatedCertificate issue(CertificateTerms terms) {
        return build(terms, holder.getSubject(), key);
    }

    /** Issues a certificate that names this one as issuer but carries a signature by another key. */
    public SimulatedCertificate issueForged(CertificateTerms terms, SimulatedKey other) {
        return build(terms, holder.getSubject(), other);
    }

    /** Issues {@code original} again with another serial number and another public key, which may be no key at all. */
    public SimulatedCertificate reissue(SimulatedCertificate original, BigInteger serial, SubjectPublicKeyInfo info) {
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                holder.getSubject(),
                serial,
                original.holder.getNotBefore(),
                original.holder.getNotAfter(),
                original.holder.getSubject(),
                info);
        try {
            for (ASN1ObjectIdentifier id : original.holder.getExtensions().getExtensionOIDs()) {
                builder.addExtension(original.holder.getExtension(id));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new SimulatedCertificate(original.key, builder.build(key.contentSigner()));
    }

    /** The same certificate with this signature value. */
    public SimulatedCertificate withSignature(byte[] value) {
        Certificate parts = holder.toASN1Structure();
        ASN1EncodableVector changed = new ASN1EncodableVector();
        changed.add(parts.getTBSCertificate());
        changed.add(parts.getSignatureAlgorithm());
        changed.add(new DERBitString(value));
        return new SimulatedCertificate(
                key, new X509CertificateHolder(Certificate.getInstance(new DERSequence(changed))));
    }

    /** Serial number. */
    public BigInteger serial() {
        return holder.getSerialNumber();
    }

    /** PEM ended by LF, lines of 64 characters. */
    public String pem() {
        try {
            Base64.Encoder encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
            return "-----BEGIN CERTIFICATE-----\n" + encoder.encodeToString(holder.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SimulatedCertificate build(CertificateTerms terms, X500Name issuer, SimulatedKey issuerKey) {
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                issuer,
                serial(terms),
                Date.from(terms.notBefore()),
                Date.from(terms.notAfter()),
                name(terms.commonName()),
                terms.key().info());
        try {
            addExtensions(builder, terms, issuerKey);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new SimulatedCertificate(terms.key(), builder.build(issuerKey.contentSigner()));
    }

    private static void addExtensions(X509v3CertificateBuilder builder, CertificateTerms terms, SimulatedKey issuerKey)
            throws IOException {
        builder.addExtension(
                Extension.basicConstraints,
                true,
                terms.pathLength().map(BasicConstraints::new).orElseGet(() -> new BasicConstraints(false)));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(terms.usage()));
        builder.addExtension(
                Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(keyIdentifier(terms.key())));
        builder.addExtension(
                Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(keyIdentifier(issuerKey)));
        GeneralNames location = new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, LIST_LOCATION));
        builder.addExtension(Extension.cRLDistributionPoints, false, new CRLDistPoint(new DistributionPoint[] {
            new DistributionPoint(new DistributionPointName(location), null, null)
        }));
        if (terms.pckExtension().isPresent()) {
            builder.addExtension(PCK_EXTENSION, false, terms.pckExtension().get());
        }
    }

    static byte[] keyIdentifier(SimulatedKey key) {
        return SimulatedKey.digest("SHA-1", key.publicKey());
    }

    private static BigInteger serial(CertificateTerms terms) {
        byte[] hash = SimulatedKey.digest(
                "SHA-1",
                terms.key().publicKey(),
                terms.commonName().getBytes(StandardCharsets.UTF_8),
                terms.pckExtension().orElse(new byte[0]));
        hash[0] = (byte) ((hash[0] & 0x7f) | 0x40);
        return new BigInteger(1, hash);
    }

    private static X500Name name(String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, commonName)
                .addRDN(BCStyle.O, "Intel Corporation")
                .addRDN(BCStyle.L, "Santa Clara")
                .addRDN(BCStyle.ST, "CA")
                .addRDN(BCStyle.C, "US")
                .build();
    }
}
