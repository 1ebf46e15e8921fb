package io.attested.sms.attestation.amd;

import static io.attested.sms.attestation.RejectionReason.CRL_EXPIRED;
import static io.attested.sms.attestation.RejectionReason.CRL_INVALID;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.JudgedAt;
import io.attested.sms.attestation.pki.Der;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x509.CertificateList;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.TBSCertList;
import org.jspecify.annotations.Nullable;

/**
 * The revocation list of an ARK (RFC 5280 section 5): version 2, no critical extension.
 *
 * <p>A serial number in it revokes whichever certificate of the chain has it. The list's own scope is what the ARK issued
 * (ASK, ASVK); AMD publishes none by ASK or ASVK, so a VCEK or VLEK is refused when the ARK's list has its number.
 *
 * @param tbs the signed part
 * @param signature as long as the issuer's modulus
 * @param issuer issuer name, DER
 * @param thisUpdate when it was issued
 * @param nextUpdate until when it may be used
 * @param revoked serial numbers
 */
record AmdRevocationList(
        ByteString tbs,
        ByteString signature,
        ByteString issuer,
        Instant thisUpdate,
        Instant nextUpdate,
        Set<BigInteger> revoked) {

    private static final String NAME = "ARK's revocation list";

    static AmdRevocationList read(ByteString der) throws EvidenceRejected {
        if (der.length() > Der.MAX_LIST_LENGTH) {
            throw new EvidenceRejected(
                    CRL_INVALID, NAME, "at most " + Der.MAX_LIST_LENGTH + " bytes", der.length() + " bytes");
        }
        try {
            ASN1Sequence sequence = ASN1Sequence.getInstance(Der.read(der.toByteArray()));
            byte[] tbs = sequence.getObjectAt(0).toASN1Primitive().getEncoded(ASN1Encoding.DER);
            return read(ByteString.copyOf(tbs), CertificateList.getInstance(sequence));
        } catch (IOException | RuntimeException malformed) {
            // BouncyCastle reports malformed content by unchecked exceptions of several kinds.
            throw new EvidenceRejected(
                    CRL_INVALID, NAME, "a version 2 list in DER with RSASSA-PSS and SHA-384", "something else");
        }
    }

    private static AmdRevocationList read(ByteString signed, CertificateList list) throws IOException {
        TBSCertList tbs = list.getTBSCertList();
        if (list.getVersionNumber() != 2
                || !RsaPss.is(tbs.getSignature())
                || !list.getSignatureAlgorithm().equals(tbs.getSignature())
                || tbs.getNextUpdate() == null
                || hasCritical(tbs.getExtensions())) {
            throw new IOException("list has another version, algorithm or scope, or no nextUpdate");
        }
        return new AmdRevocationList(
                signed,
                ByteString.copyOf(list.getSignature().getOctets()),
                ByteString.copyOf(tbs.getIssuer().getEncoded(ASN1Encoding.DER)),
                Der.instant(tbs.getThisUpdate()),
                Der.instant(tbs.getNextUpdate()),
                serials(tbs));
    }

    private static Set<BigInteger> serials(TBSCertList tbs) throws IOException {
        Set<BigInteger> serials = new HashSet<>();
        for (TBSCertList.CRLEntry entry : tbs.getRevokedCertificates()) {
            if (hasCritical(entry.getExtensions())) {
                throw new IOException("an entry has a critical extension");
            }
            serials.add(entry.getUserCertificate().getValue());
        }
        return Set.copyOf(serials);
    }

    private static boolean hasCritical(@Nullable Extensions extensions) {
        return extensions != null && extensions.getCriticalExtensionOIDs().length != 0;
    }

    /** Requires the list to be signed by {@code root} and current at {@code at}. */
    void requireValid(AmdCertificate root, JudgedAt at) throws EvidenceRejected {
        if (!isIssuedBy(root)) {
            throw new EvidenceRejected(
                    CRL_INVALID, NAME + " signature", "made by " + root.commonName(), "not made by it");
        }
        if (!at.isAtOrAfter(thisUpdate)) {
            throw new EvidenceRejected(CRL_INVALID, NAME + " thisUpdate", "at most " + at.instant(), thisUpdate);
        }
        if (!at.allowsCollateralUntil(nextUpdate)) {
            throw new EvidenceRejected(CRL_EXPIRED, NAME + " nextUpdate", "at least " + at.instant(), nextUpdate);
        }
    }

    private boolean isIssuedBy(AmdCertificate root) {
        try {
            return issuer.equals(root.subject())
                    && root.usage()
                            .map(usage -> usage.hasUsages(KeyUsage.cRLSign))
                            .orElse(false)
                    && RsaPss.verifies(root.rsaKey(), tbs, signature);
        } catch (IOException noRsaKey) {
            return false;
        }
    }

    boolean revokes(AmdCertificate certificate) {
        return revoked.contains(certificate.serial());
    }
}
