package io.attested.sms.attestation.pki;

import static io.attested.sms.attestation.RejectionReason.CRL_EXPIRED;
import static io.attested.sms.attestation.RejectionReason.CRL_INVALID;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.JudgedAt;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.bouncycastle.asn1.x509.CertificateList;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.TBSCertList;

/**
 * A certificate revocation list (RFC 5280 section 5), complete and direct: version 2, CRL number, authority key
 * identifier, no critical extension.
 *
 * @param tbs the signed part
 * @param signature r‖s, 64 bytes
 * @param issuer issuer name, DER
 * @param thisUpdate when it was issued
 * @param nextUpdate until when it may be used
 * @param revoked serial numbers
 */
record RevocationList(
        ByteString tbs,
        ByteString signature,
        ByteString issuer,
        Instant thisUpdate,
        Instant nextUpdate,
        Set<BigInteger> revoked) {

    /** Place in the signed part of a version 2 list (RFC 5280 section 5.1), counted from the version. */
    private static final int ISSUER = 2;

    /** @param name which list, for messages */
    static RevocationList read(String name, ByteString der) throws EvidenceRejected {
        if (der.length() > Der.MAX_LIST_LENGTH) {
            throw new EvidenceRejected(
                    CRL_INVALID, name, "at most " + Der.MAX_LIST_LENGTH + " bytes", der.length() + " bytes");
        }
        try {
            return read(der, CertificateList.getInstance(Der.read(der.toByteArray())));
        } catch (IOException | RuntimeException malformed) {
            // BouncyCastle reports malformed content by unchecked exceptions of several kinds.
            throw new EvidenceRejected(
                    CRL_INVALID, name, "a version 2 list in DER with ecdsa-with-SHA256", "something else");
        }
    }

    private static RevocationList read(ByteString der, CertificateList list) throws IOException {
        TBSCertList tbs = list.getTBSCertList();
        if (list.getVersionNumber() != 2
                || !Der.isEcdsaWithSha256(list.getSignatureAlgorithm())
                || !Der.isEcdsaWithSha256(tbs.getSignature())
                || tbs.getNextUpdate() == null) {
            throw new IOException("list has another version or algorithm, or no nextUpdate");
        }
        Extensions extensions = tbs.getExtensions();
        if (extensions == null
                || extensions.getCriticalExtensionOIDs().length != 0
                || extensions.getExtension(Extension.cRLNumber) == null
                || extensions.getExtension(Extension.authorityKeyIdentifier) == null) {
            throw new IOException("list has a critical extension, or lacks its number or key identifier");
        }
        ByteString signed = Der.children(der).getFirst();
        return new RevocationList(
                signed,
                ByteString.copyOf(Der.rawSignature(list.getSignature().getOctets())),
                Der.children(signed).get(ISSUER),
                Der.instant(tbs.getThisUpdate()),
                Der.instant(tbs.getNextUpdate()),
                serials(tbs));
    }

    private static Set<BigInteger> serials(TBSCertList tbs) throws IOException {
        Set<BigInteger> serials = new HashSet<>();
        for (TBSCertList.CRLEntry entry : tbs.getRevokedCertificates()) {
            Extensions extensions = entry.getExtensions();
            if (extensions != null && extensions.getCriticalExtensionOIDs().length != 0) {
                throw new IOException("an entry has a critical extension");
            }
            serials.add(entry.getUserCertificate().getValue());
        }
        return Set.copyOf(serials);
    }

    /**
     * Requires the list to be signed by {@code authority} and current at {@code at}.
     *
     * @param name which list, for messages
     */
    void requireValid(String name, SignedCertificate authority, JudgedAt at, P256 p256) throws EvidenceRejected {
        if (!issuer.equals(authority.subject())
                || !authority.mayUse(KeyUsage.cRLSign)
                || !p256.verifies(authority.publicKey(), tbs, signature)) {
            throw new EvidenceRejected(
                    CRL_INVALID, name + " signature", "made by " + authority.commonName(), "not made by it");
        }
        if (!at.isAtOrAfter(thisUpdate)) {
            throw new EvidenceRejected(CRL_INVALID, name + " thisUpdate", "at most " + at.instant(), thisUpdate);
        }
        if (!at.allowsCollateralUntil(nextUpdate)) {
            throw new EvidenceRejected(CRL_EXPIRED, name + " nextUpdate", "at least " + at.instant(), nextUpdate);
        }
    }

    boolean revokes(SignedCertificate certificate) {
        return revoked.contains(certificate.serial());
    }
}
