package io.attested.sms.attestation.amd;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.pki.Der;
import java.io.IOException;
import java.math.BigInteger;
import java.security.PublicKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * An X.509 certificate signed with RSASSA-PSS and SHA-384, read eagerly and strictly; not yet verified.
 *
 * @param der the whole certificate
 * @param tbs the signed part
 * @param signature as long as the issuer's modulus
 * @param subject subject name, DER
 * @param issuer issuer name, DER
 * @param commonName the subject's one CN
 * @param serial serial number; VCEK certificates have zero
 * @param notBefore first instant of validity
 * @param notAfter last instant of validity
 * @param keyInfo SubjectPublicKeyInfo, DER
 * @param constraints basic constraints, if there; VCEK certificates have none
 * @param usage key usage, if there; VCEK certificates have none
 * @param vendorExtensions content of AMD's extensions by what follows 1.3.6.1.4.1.3704.1, for instance {@code 3.8}
 */
record AmdCertificate(
        ByteString der,
        ByteString tbs,
        ByteString signature,
        ByteString subject,
        ByteString issuer,
        String commonName,
        BigInteger serial,
        Instant notBefore,
        Instant notAfter,
        ByteString keyInfo,
        Optional<BasicConstraints> constraints,
        Optional<KeyUsage> usage,
        Map<String, ByteString> vendorExtensions) {

    /** AMD's are about 1,700 bytes. */
    private static final int MAX_LENGTH = 8 * 1024;

    private static final ASN1ObjectIdentifier VENDOR = new ASN1ObjectIdentifier("1.3.6.1.4.1.3704.1");
    private static final Set<ASN1ObjectIdentifier> UNDERSTOOD = Set.of(Extension.basicConstraints, Extension.keyUsage);

    /**
     * Reads a certificate.
     *
     * @throws IOException when it is not strict DER, not version 3, or has another signature algorithm or an unknown
     *     critical extension
     */
    static AmdCertificate read(ByteString der) throws IOException {
        if (der.length() > MAX_LENGTH) {
            throw new IOException("certificate is longer than " + MAX_LENGTH + " bytes");
        }
        try {
            ASN1Sequence sequence = ASN1Sequence.getInstance(Der.read(der.toByteArray()));
            byte[] tbs = sequence.getObjectAt(0).toASN1Primitive().getEncoded(ASN1Encoding.DER);
            return read(der, ByteString.copyOf(tbs), Certificate.getInstance(sequence));
        } catch (RuntimeException malformed) {
            // BouncyCastle reports malformed content by unchecked exceptions of several kinds.
            throw new IOException("content is not that of an X.509 certificate");
        }
    }

    private static AmdCertificate read(ByteString der, ByteString tbs, Certificate certificate) throws IOException {
        if (certificate.getVersionNumber() != 3
                || !RsaPss.is(certificate.getTBSCertificate().getSignature())
                || !certificate
                        .getSignatureAlgorithm()
                        .equals(certificate.getTBSCertificate().getSignature())) {
            throw new IOException("certificate is not version 3 with RSASSA-PSS and SHA-384");
        }
        Extensions extensions = certificate.getExtensions();
        if (extensions == null || !UNDERSTOOD.containsAll(List.of(extensions.getCriticalExtensionOIDs()))) {
            throw new IOException("certificate has no extensions or an unknown critical one");
        }
        return new AmdCertificate(
                der,
                tbs,
                ByteString.copyOf(certificate.getSignature().getOctets()),
                encoded(certificate.getSubject()),
                encoded(certificate.getIssuer()),
                commonName(certificate.getSubject()),
                certificate.getSerialNumber().getValue(),
                Der.instant(certificate.getStartDate()),
                Der.instant(certificate.getEndDate()),
                ByteString.copyOf(certificate.getSubjectPublicKeyInfo().getEncoded(ASN1Encoding.DER)),
                Optional.ofNullable(BasicConstraints.fromExtensions(extensions)),
                Optional.ofNullable(KeyUsage.fromExtensions(extensions)),
                vendorExtensions(extensions));
    }

    boolean isAuthority() {
        return constraints.isPresent()
                && constraints.get().isCA()
                && usage.isPresent()
                && usage.get().hasUsages(KeyUsage.keyCertSign);
    }

    boolean isEndEntity() {
        return constraints.map(c -> !c.isCA()).orElse(true)
                && usage.map(u -> u.hasUsages(KeyUsage.digitalSignature)).orElse(true);
    }

    /** Whether {@code authority}'s key signed this certificate under its name. */
    boolean isIssuedBy(AmdCertificate authority) throws IOException {
        return issuer.equals(authority.subject) && RsaPss.verifies(authority.rsaKey(), tbs, signature);
    }

    /**
     * The RSA key of a certificate authority.
     *
     * @throws IOException when it has another key
     */
    PublicKey rsaKey() throws IOException {
        return RsaPss.key(keyInfo);
    }

    /**
     * The uncompressed point of an endorsement key; not yet known to be on the curve.
     *
     * @throws IOException when the key is no uncompressed point of P-384
     */
    ByteString point() throws IOException {
        SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(keyInfo.toByteArray());
        byte[] point = info.getPublicKeyData().getBytes();
        if (!info.getAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
                || !SECObjectIdentifiers.secp384r1.equals(info.getAlgorithm().getParameters())
                || point.length != P384.POINT_LENGTH
                || point[0] != 4) {
            throw new IOException("public key is no uncompressed point of P-384");
        }
        return ByteString.copyOf(point);
    }

    private static Map<String, ByteString> vendorExtensions(Extensions extensions) {
        Map<String, ByteString> found = new HashMap<>();
        for (ASN1ObjectIdentifier id : extensions.getExtensionOIDs()) {
            if (id.on(VENDOR)) {
                byte[] content = extensions.getExtension(id).getExtnValue().getOctets();
                found.put(id.getId().substring(VENDOR.getId().length() + 1), ByteString.copyOf(content));
            }
        }
        return Map.copyOf(found);
    }

    private static String commonName(X500Name name) throws IOException {
        RDN[] names = name.getRDNs(BCStyle.CN);
        if (names.length != 1 || names[0].isMultiValued()) {
            throw new IOException("subject has not exactly one CN");
        }
        return ((ASN1String) names[0].getFirst().getValue()).getString();
    }

    private static ByteString encoded(X500Name name) throws IOException {
        return ByteString.copyOf(name.getEncoded(ASN1Encoding.DER));
    }
}
