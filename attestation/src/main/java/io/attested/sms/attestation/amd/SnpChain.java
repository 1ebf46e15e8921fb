package io.attested.sms.attestation.amd;

import static io.attested.sms.attestation.RejectionReason.CERT_CHAIN_INVALID;
import static io.attested.sms.attestation.RejectionReason.CERT_CHAIN_UNTRUSTED;
import static io.attested.sms.attestation.RejectionReason.CERT_EXPIRED;
import static io.attested.sms.attestation.RejectionReason.CERT_NOT_YET_VALID;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.JudgedAt;
import io.attested.sms.attestation.pki.PemChain;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The signer's certificate, who issued it, and the pinned root, as collateral presents them.
 *
 * @param signer VCEK or VLEK
 * @param authority ASK or ASVK
 * @param root the ARK
 * @param pinned which trusted root the ARK is
 */
record SnpChain(AmdCertificate signer, AmdCertificate authority, AmdCertificate root, AmdRoot pinned) {
    /** ASK, ASVK and ARK. */
    private static final int MAX_ISSUERS = 3;

    /**
     * Picks the signer's issuer and the root by name and bytes; verifies no signature.
     *
     * @param trusted of which the chain must hold exactly one
     */
    static SnpChain read(SnpCollateral collateral, List<AmdRoot> trusted) throws EvidenceRejected {
        AmdCertificate signer = readSigner(collateral.signer());
        List<AmdCertificate> issuers = readIssuers(collateral.chainPem());
        AmdRoot pinned = pinned(issuers, trusted);
        AmdCertificate root = only(
                "root certificates in the chain",
                issuers,
                issuer -> issuer.der().equals(pinned.der()));
        AmdCertificate authority = only(
                "certificates in the chain that the signer's certificate names as issuer",
                issuers,
                issuer -> issuer.subject().equals(signer.issuer()));
        return new SnpChain(signer, authority, root, pinned);
    }

    /** The chain of issuers alone; the issuer stands in the signer's place too, for nobody asks about a signer. */
    static SnpChain readIssuers(String pem, AmdProduct product, SigningKey kind, List<AmdRoot> trusted)
            throws EvidenceRejected {
        List<AmdCertificate> issuers = readIssuers(pem);
        AmdRoot pinned = pinned(issuers, trusted);
        AmdCertificate root = only(
                "root certificates in the chain",
                issuers,
                issuer -> issuer.der().equals(pinned.der()));
        String name = kind.issuerName(product);
        AmdCertificate authority = only(
                name + " in the chain", issuers, issuer -> issuer.commonName().equals(name));
        return new SnpChain(authority, authority, root, pinned);
    }

    private static AmdRoot pinned(List<AmdCertificate> issuers, List<AmdRoot> trusted) throws EvidenceRejected {
        return trusted.stream()
                .filter(root -> issuers.stream().anyMatch(issuer -> issuer.der().equals(root.der())))
                .findFirst()
                .orElseThrow(() -> new EvidenceRejected(
                        CERT_CHAIN_UNTRUSTED, "root certificate", "a trusted one", "none in the chain"));
    }

    private static AmdCertificate readSigner(ByteString der) throws EvidenceRejected {
        try {
            return AmdCertificate.read(der);
        } catch (IOException malformed) {
            throw invalid("signer's certificate", "DER as AMD issues it", String.valueOf(malformed.getMessage()));
        }
    }

    private static List<AmdCertificate> readIssuers(String pem) throws EvidenceRejected {
        try {
            List<AmdCertificate> issuers = new ArrayList<>();
            // AMD's service ends lines differently for different products; nobody signed the text.
            for (ByteString der : PemChain.encodings(PemChain.unixLines(pem))) {
                issuers.add(AmdCertificate.read(der));
            }
            if (issuers.size() > MAX_ISSUERS) {
                throw invalid("length of the chain", "at most " + MAX_ISSUERS, issuers.size());
            }
            return issuers;
        } catch (IOException malformed) {
            throw invalid("chain", "canonical PEM of ASK or ASVK, and ARK", String.valueOf(malformed.getMessage()));
        }
    }

    private static AmdCertificate only(String what, List<AmdCertificate> issuers, Predicate<AmdCertificate> which)
            throws EvidenceRejected {
        List<AmdCertificate> found = issuers.stream().filter(which).toList();
        if (found.size() != 1) {
            throw invalid("number of " + what, 1, found.size());
        }
        return found.get(0);
    }

    /** Which kind of key the certificates are for, by their names; the names must be AMD's for the root's product. */
    SigningKey kind() throws EvidenceRejected {
        for (SigningKey kind : SigningKey.values()) {
            if (signer.commonName().equals(kind.commonName())) {
                requireName("issuer's CN", kind.issuerName(pinned.product()), authority.commonName());
                requireName("root's CN", "ARK-" + pinned.product().text(), root.commonName());
                return kind;
            }
        }
        throw new EvidenceRejected(CERT_CHAIN_UNTRUSTED, "signer's CN", "SEV-VCEK or SEV-VLEK", signer.commonName());
    }

    private static void requireName(String field, String expected, String seen) throws EvidenceRejected {
        if (!seen.equals(expected)) {
            throw new EvidenceRejected(CERT_CHAIN_UNTRUSTED, field, expected, seen);
        }
    }

    /** Requires each certificate to be issued by the next and to be used as its extensions allow. */
    void requireConsistency() throws EvidenceRejected {
        requireAuthorities();
        if (!signer.isEndEntity()) {
            throw invalid("signer's certificate", "no certificate authority, may sign", "another use");
        }
        requireIssued(authority, root);
        requireIssued(signer, authority);
    }

    /** Requires the signer's issuer to be issued by the root; says nothing of the signer. */
    void requireIssuer() throws EvidenceRejected {
        requireAuthorities();
        requireIssued(authority, root);
    }

    private void requireAuthorities() throws EvidenceRejected {
        if (!root.isAuthority() || !authority.isAuthority() || !mayEndWithSigner(authority)) {
            throw invalid("root and issuer", "certificate authorities", "another use");
        }
    }

    private static boolean mayEndWithSigner(AmdCertificate authority) {
        Optional<BigInteger> length =
                authority.constraints().flatMap(c -> Optional.ofNullable(c.getPathLenConstraint()));
        return length.map(BigInteger.ZERO::equals).orElse(true);
    }

    private static void requireIssued(AmdCertificate certificate, AmdCertificate issuer) throws EvidenceRejected {
        boolean issued;
        try {
            issued = certificate.isIssuedBy(issuer);
        } catch (IOException noRsaKey) {
            throw invalid("public key of " + issuer.commonName(), "RSA of 4,096 bits", "another");
        }
        if (!issued) {
            throw invalid("signature of " + certificate.commonName(), "made by " + issuer.commonName(), "not so");
        }
    }

    /** Requires every certificate to be valid at {@code at}. */
    void requireValidity(JudgedAt at) throws EvidenceRejected {
        for (AmdCertificate certificate : List.of(signer, authority, root)) {
            if (!at.isAtOrAfter(certificate.notBefore())) {
                throw new EvidenceRejected(
                        CERT_NOT_YET_VALID,
                        certificate.commonName() + " notBefore",
                        "at most " + at.instant(),
                        certificate.notBefore());
            }
            if (at.instant().isAfter(certificate.notAfter())) {
                throw new EvidenceRejected(
                        CERT_EXPIRED,
                        certificate.commonName() + " notAfter",
                        "at least " + at.instant(),
                        certificate.notAfter());
            }
        }
    }

    /** The first instant after which a certificate has run out. */
    Instant expiry() {
        return Collections.min(List.of(signer.notAfter(), authority.notAfter(), root.notAfter()));
    }

    static EvidenceRejected invalid(String field, Object expected, Object seen) {
        return new EvidenceRejected(CERT_CHAIN_INVALID, field, expected, seen);
    }
}
