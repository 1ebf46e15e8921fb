package io.attested.sms.attestation.pki;

import static io.attested.sms.attestation.RejectionReason.CERT_CHAIN_INVALID;
import static io.attested.sms.attestation.RejectionReason.CERT_CHAIN_UNTRUSTED;
import static io.attested.sms.attestation.RejectionReason.CERT_EXPIRED;
import static io.attested.sms.attestation.RejectionReason.CERT_NOT_YET_VALID;
import static io.attested.sms.attestation.RejectionReason.CRL_ISSUER_MISMATCH;
import static io.attested.sms.attestation.RejectionReason.INTERMEDIATE_REVOKED;
import static io.attested.sms.attestation.RejectionReason.PCK_REVOKED;
import static io.attested.sms.attestation.RejectionReason.TCB_SIGNER_INVALID;
import static io.attested.sms.attestation.RejectionReason.TCB_SIGNER_REVOKED;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.JudgedAt;
import io.attested.sms.attestation.RejectionReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.KeyUsage;

/**
 * Intel's attestation PKI under one pinned root, judged at one instant.
 *
 * <p>The root is compared as a whole certificate, byte for byte, as Intel's own verifier does. Intel once issued a root
 * certificate with the same key and other dates; a chain that ends in that first edition is
 * {@code CERT_CHAIN_UNTRUSTED}, because what is pinned is a statement with dates and constraints, not only a key.
 *
 * @param rootDer the one root certificate that is trusted, DER
 * @param p256 verifies signatures
 */
public record IntelPki(ByteString rootDer, P256 p256) {
    private static final String TCB_SIGNER_NAME = "Intel SGX TCB Signing";
    private static final String ROOT_LIST = "root CA CRL";
    private static final String PCK_LIST = "PCK CRL";

    /**
     * Verifies a PCK chain with both revocation lists.
     *
     * <p>Signatures are checked up to the presented root before that root is compared with the pinned one, so that an
     * inconsistent chain is told from a consistent one under a foreign root; nothing is trusted before both hold.
     *
     * @param chainPem canonical PEM: PCK certificate, PCK CA, root
     */
    public PckCertificate verifyPck(ByteString chainPem, ByteString rootCrl, ByteString pckCrl, JudgedAt at)
            throws EvidenceRejected {
        PckChain chain = verifiedChain(chainPem, at);
        PckExtension platform = chain.platform();
        Instant listExpiry = requireNotRevoked(chain, rootCrl, pckCrl, at);
        Instant expiry = Collections.min(List.of(
                chain.leaf().notAfter(),
                chain.authority().notAfter(),
                chain.root().notAfter(),
                listExpiry));
        return new PckCertificate(chain.leaf().publicKey(), platform, expiry);
    }

    private PckChain verifiedChain(ByteString chainPem, JudgedAt at) throws EvidenceRejected {
        PckChain chain = PckChain.read(chainPem);
        chain.requireNames();
        chain.requireConsistency(p256);
        requirePinned(chain.root());
        requireValidity(chain.leaf(), at);
        requireValidity(chain.authority(), at);
        requireValidity(chain.root(), at);
        return chain;
    }

    /**
     * Verifies a PCK chain before the platform's collateral is at hand: names, signatures, root, dates, and the root's
     * list if given. Enough to ask for that platform's collateral, not enough to believe a quote: the PCK CA's list is
     * not looked at.
     *
     * @param chainPem canonical PEM: PCK certificate, PCK CA, root
     * @param rootCrl the root's list if one is at hand
     */
    public PckPlatform verifyPlatform(ByteString chainPem, Optional<ByteString> rootCrl, JudgedAt at)
            throws EvidenceRejected {
        PckChain chain = verifiedChain(chainPem, at);
        PckExtension platform = chain.platform();
        if (rootCrl.isPresent()) {
            requireNotRevokedByRoot(chain.authority(), chain.root(), rootCrl.get(), at);
        }
        return new PckPlatform(
                platform.fmspc(), PckAuthority.named(chain.authority().commonName()));
    }

    /**
     * Verifies the root's revocation list by itself.
     *
     * @return its dates
     */
    public Validity verifyRootCrl(ByteString rootCrl, JudgedAt at) throws EvidenceRejected {
        try {
            RevocationList list = RevocationList.read(ROOT_LIST, rootCrl);
            list.requireValid(SignedCertificate.read(rootDer.toByteArray()), at, p256);
            return new Validity(list.thisUpdate(), list.nextUpdate());
        } catch (IOException noP256Root) {
            throw new EvidenceRejected(
                    CERT_CHAIN_UNTRUSTED,
                    "trusted root",
                    "a P-256 certificate",
                    String.valueOf(noP256Root.getMessage()));
        }
    }

    /**
     * Verifies a PCK CA's revocation list by its issuer chain, which must be exactly [PCK CA, root].
     *
     * @param issuerChainPem canonical PEM
     * @return whose list it is, and its dates
     */
    public PckList verifyPckCrl(String issuerChainPem, ByteString pckCrl, ByteString rootCrl, JudgedAt at)
            throws EvidenceRejected {
        List<SignedCertificate> chain = readIssuerChain(CERT_CHAIN_INVALID, PCK_LIST, issuerChainPem);
        SignedCertificate authority = chain.get(0);
        SignedCertificate root = chain.get(1);
        requirePinned(root);
        PckAuthority name = PckAuthority.named(authority.commonName());
        if (!authority.certificateAuthority() || !authority.isIssuedBy(root, p256)) {
            throw new EvidenceRejected(
                    CERT_CHAIN_INVALID, PCK_LIST + " issuer", "a CA issued by the root", authority.commonName());
        }
        requireValidity(authority, at);
        requireValidity(root, at);
        requireNotRevokedByRoot(authority, root, rootCrl, at);
        RevocationList list = RevocationList.read(PCK_LIST, pckCrl);
        list.requireValid(authority, at, p256);
        return new PckList(name, new Validity(list.thisUpdate(), list.nextUpdate()));
    }

    private void requireNotRevokedByRoot(
            SignedCertificate authority, SignedCertificate root, ByteString rootCrl, JudgedAt at)
            throws EvidenceRejected {
        RevocationList rootList = RevocationList.read(ROOT_LIST, rootCrl);
        rootList.requireValid(root, at, p256);
        if (rootList.revokes(authority)) {
            throw revoked(INTERMEDIATE_REVOKED, "PCK CA", authority);
        }
    }

    private Instant requireNotRevoked(PckChain chain, ByteString rootCrl, ByteString pckCrl, JudgedAt at)
            throws EvidenceRejected {
        RevocationList rootList = RevocationList.read(ROOT_LIST, rootCrl);
        rootList.requireValid(chain.root(), at, p256);
        if (rootList.revokes(chain.authority())) {
            throw revoked(INTERMEDIATE_REVOKED, "PCK CA", chain.authority());
        }
        RevocationList pckList = RevocationList.read(PCK_LIST, pckCrl);
        if (!pckList.issuer().equals(chain.leaf().issuer())) {
            throw new EvidenceRejected(
                    CRL_ISSUER_MISMATCH, "PCK CRL issuer", chain.authority().commonName(), "another");
        }
        pckList.requireValid(chain.authority(), at, p256);
        if (pckList.revokes(chain.leaf())) {
            throw revoked(PCK_REVOKED, "PCK certificate", chain.leaf());
        }
        return Collections.min(List.of(rootList.nextUpdate(), pckList.nextUpdate()));
    }

    /**
     * Verifies the chain of who signed TCB info or QE identity: exactly [signer, root], the signer named so, no CA, and
     * issued directly by the root. A general path check would let any certificate under the root sign collateral.
     *
     * @param what which collateral, for messages
     * @param chainPem canonical PEM
     */
    public TcbSigner verifyTcbSigner(String what, String chainPem, ByteString rootCrl, JudgedAt at)
            throws EvidenceRejected {
        List<SignedCertificate> chain = readIssuerChain(TCB_SIGNER_INVALID, what, chainPem);
        SignedCertificate signer = chain.get(0);
        SignedCertificate root = chain.get(1);
        requirePinned(root);
        if (!signer.commonName().equals(TCB_SIGNER_NAME)
                || signer.certificateAuthority()
                || !signer.mayUse(KeyUsage.digitalSignature)
                || !signer.isIssuedBy(root, p256)) {
            throw new EvidenceRejected(
                    TCB_SIGNER_INVALID,
                    what + " signer",
                    TCB_SIGNER_NAME + ", no CA, issued directly by the root",
                    signer.commonName());
        }
        RevocationList rootList = RevocationList.read(ROOT_LIST, rootCrl);
        rootList.requireValid(root, at, p256);
        if (rootList.revokes(signer)) {
            throw revoked(TCB_SIGNER_REVOKED, "TCB signer", signer);
        }
        requireValidity(signer, at);
        requireValidity(root, at);
        return new TcbSigner(signer.publicKey(), Collections.min(List.of(signer.notAfter(), root.notAfter())));
    }

    private static List<SignedCertificate> readIssuerChain(RejectionReason reason, String what, String chainPem)
            throws EvidenceRejected {
        try {
            List<SignedCertificate> chain = PemChain.read(chainPem.getBytes(StandardCharsets.UTF_8));
            if (chain.size() != 2) {
                throw new IOException("it has " + chain.size() + " certificates, expected 2");
            }
            return chain;
        } catch (IOException malformed) {
            throw new EvidenceRejected(
                    reason, what + " issuer chain", "signer and root in PEM", String.valueOf(malformed.getMessage()));
        }
    }

    private void requirePinned(SignedCertificate root) throws EvidenceRejected {
        if (!root.der().equals(rootDer)) {
            throw new EvidenceRejected(CERT_CHAIN_UNTRUSTED, "root certificate", "the trusted one", "another one");
        }
    }

    private static void requireValidity(SignedCertificate certificate, JudgedAt at) throws EvidenceRejected {
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

    private static EvidenceRejected revoked(RejectionReason reason, String what, SignedCertificate certificate) {
        return new EvidenceRejected(
                reason,
                what + " with serial number " + certificate.serial().toString(16),
                "not in the revocation list",
                "revoked");
    }
}
