package io.attested.sms.attestation.pki;

import io.attested.sms.attestation.ByteString;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
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
 * An X.509 certificate with a P-256 key, signed with ecdsa-with-SHA256, read eagerly and strictly; not yet verified.
 *
 * @param der the whole certificate
 * @param tbs the signed part
 * @param signature r‖s, 64 bytes
 * @param subject subject name, DER
 * @param issuer issuer name, DER
 * @param commonName the subject's one CN
 * @param serial serial number
 * @param notBefore first instant of validity
 * @param notAfter last instant of validity
 * @param publicKey x‖y, 64 bytes
 * @param certificateAuthority basicConstraints cA
 * @param keyUsage bits as in {@link KeyUsage}; 0 when the extension is absent
 * @param pckExtension content of Intel's extension, if there
 */
record SignedCertificate(
        ByteString der,
        ByteString tbs,
        ByteString signature,
        ByteString subject,
        ByteString issuer,
        String commonName,
        BigInteger serial,
        Instant notBefore,
        Instant notAfter,
        ByteString publicKey,
        boolean certificateAuthority,
        int keyUsage,
        Optional<ByteString> pckExtension) {

    static final ASN1ObjectIdentifier PCK_EXTENSION = new ASN1ObjectIdentifier("1.2.840.113741.1.13.1");

    /** Places in the signed part of a version 3 certificate (RFC 5280 section 4.1), counted from the version. */
    private static final int ISSUER = 3;

    private static final int SUBJECT = 5;

    private static final Set<ASN1ObjectIdentifier> UNDERSTOOD =
            Set.of(Extension.basicConstraints, Extension.keyUsage, PCK_EXTENSION);

    /**
     * Reads a certificate.
     *
     * @throws IOException when it is not strict DER, not version 3, or has other algorithms or an unknown critical
     *     extension
     */
    static SignedCertificate read(byte[] der) throws IOException {
        try {
            return read(ByteString.copyOf(der), Certificate.getInstance(Der.read(der)));
        } catch (RuntimeException malformed) {
            // BouncyCastle reports malformed content by unchecked exceptions of several kinds.
            throw new IOException("content is not that of an X.509 certificate");
        }
    }

    private static SignedCertificate read(ByteString der, Certificate certificate) throws IOException {
        if (certificate.getVersionNumber() != 3
                || !Der.isEcdsaWithSha256(certificate.getSignatureAlgorithm())
                || !Der.isEcdsaWithSha256(certificate.getTBSCertificate().getSignature())) {
            throw new IOException("certificate is not version 3 with ecdsa-with-SHA256");
        }
        Extensions extensions = certificate.getExtensions();
        if (extensions == null || !UNDERSTOOD.containsAll(List.of(extensions.getCriticalExtensionOIDs()))) {
            throw new IOException("certificate has no extensions or an unknown critical one");
        }
        BasicConstraints constraints = BasicConstraints.fromExtensions(extensions);
        KeyUsage usage = KeyUsage.fromExtensions(extensions);
        ByteString tbs = Der.children(der).getFirst();
        List<ByteString> members = Der.children(tbs);
        return new SignedCertificate(
                der,
                tbs,
                bytes(Der.rawSignature(certificate.getSignature().getOctets())),
                members.get(SUBJECT),
                members.get(ISSUER),
                commonName(certificate.getSubject()),
                certificate.getSerialNumber().getValue(),
                Der.instant(certificate.getStartDate()),
                Der.instant(certificate.getEndDate()),
                publicKey(certificate.getSubjectPublicKeyInfo()),
                constraints != null && constraints.isCA(),
                usage == null ? 0 : keyUsageBits(usage),
                Optional.ofNullable(extensions.getExtension(PCK_EXTENSION))
                        .map(extension -> bytes(extension.getExtnValue().getOctets())));
    }

    boolean mayUse(int usage) {
        return (keyUsage & usage) == usage;
    }

    boolean isIssuedBy(SignedCertificate authority, P256 p256) {
        return issuer.equals(authority.subject) && p256.verifies(authority.publicKey, tbs, signature);
    }

    private static int keyUsageBits(KeyUsage usage) {
        int bits = 0;
        for (int bit : new int[] {KeyUsage.digitalSignature, KeyUsage.keyCertSign, KeyUsage.cRLSign}) {
            bits |= usage.hasUsages(bit) ? bit : 0;
        }
        return bits;
    }

    private static String commonName(X500Name name) throws IOException {
        RDN[] names = name.getRDNs(BCStyle.CN);
        if (names.length != 1 || names[0].isMultiValued()) {
            throw new IOException("subject has not exactly one CN");
        }
        return ((ASN1String) names[0].getFirst().getValue()).getString();
    }

    private static ByteString publicKey(SubjectPublicKeyInfo info) throws IOException {
        byte[] point = info.getPublicKeyData().getOctets();
        if (!info.getAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
                || !SECObjectIdentifiers.secp256r1.equals(info.getAlgorithm().getParameters())
                || point.length != 1 + P256.LENGTH
                || point[0] != 4) {
            throw new IOException("public key is no uncompressed point of P-256");
        }
        return ByteString.copyOf(point, 1, P256.LENGTH);
    }

    private static ByteString bytes(byte[] bytes) {
        return ByteString.copyOf(bytes);
    }
}
