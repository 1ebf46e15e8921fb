package io.attested.sms.attestation.pki;

import static io.attested.sms.attestation.RejectionReason.CERT_CHAIN_INVALID;
import static io.attested.sms.attestation.RejectionReason.CERT_CHAIN_UNTRUSTED;
import static io.attested.sms.attestation.RejectionReason.CERT_EXPIRED;
import static io.attested.sms.attestation.RejectionReason.CERT_NOT_YET_VALID;
import static io.attested.sms.attestation.RejectionReason.CRL_INVALID;
import static io.attested.sms.attestation.RejectionReason.CRL_ISSUER_MISMATCH;
import static io.attested.sms.attestation.RejectionReason.INTERMEDIATE_REVOKED;
import static io.attested.sms.attestation.RejectionReason.PCK_REVOKED;
import static io.attested.sms.attestation.RejectionReason.TCB_SIGNER_INVALID;
import static io.attested.sms.attestation.RejectionReason.TCB_SIGNER_REVOKED;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.JudgedAt;
import io.attested.sms.attestation.Readings;
import io.attested.sms.attestation.RejectionReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bouncycastle.asn1.x509.KeyUsage;

/**
 * Intel's attestation PKI under one pinned root, judged at one instant.
 *
 * <p>The root is compared as a whole certificate, byte for byte, as Intel's own verifier does. Intel once issued a root
 * certificate with the same key and other dates; a chain that ends in that first edition is
 * {@code CERT_CHAIN_UNTRUSTED}, because what is pinned is a statement with dates and constraints, not only a key.
 */
public final class IntelPki {
    private static final String TCB_SIGNER_NAME = "Intel SGX TCB Signing";
    private static final String ROOT_LIST = "root CA CRL";
    private static final String PCK_LIST = "PCK CRL";

    private static final EvidenceRejected OTHER_ROOT =
            new EvidenceRejected(CERT_CHAIN_UNTRUSTED, "root certificate", "the trusted one", "another one");
    private static final EvidenceRejected OTHER_LIST_ISSUERS = new EvidenceRejected(
            CRL_INVALID, PCK_LIST + " issuer chain", "the PCK chain's CA and root", "other certificates");

    private final ByteString rootDer;
    private final Optional<SignedCertificate> root;
    private final P256 p256;
    private final Readings readings;

    /**
     * A PKI.
     *
     * @param rootDer the one root certificate that is trusted, DER
     * @param p256 verifies signatures
     * @param readings reads certificates and lists
     */
    public IntelPki(ByteString rootDer, P256 p256, Readings readings) {
        this.rootDer = rootDer;
        this.root = readable(rootDer);
        this.p256 = p256;
        this.readings = readings;
    }

    /** A PKI that remembers nothing. */
    public IntelPki(ByteString rootDer, P256 p256) {
        this(rootDer, p256, Readings.afresh());
    }

    /** Nothing for a root of another kind: then no chain can end in it. */
    private static Optional<SignedCertificate> readable(ByteString rootDer) {
        try {
            return Optional.of(SignedCertificate.read(rootDer.toByteArray()));
        } catch (IOException anotherKind) {
            return Optional.empty();
        }
    }

    /** The pinned root stands in every chain and was read at the start. */
    private SignedCertificate certificate(byte[] der) throws IOException {
        return root.isPresent() && rootDer.hasContentOf(der) ? root.get() : SignedCertificate.read(der);
    }

    /**
     * Verifies a PCK chain with both revocation lists.
     *
     * <p>Signatures are checked up to the presented root before that root is compared with the pinned one, so that an
     * inconsistent chain is told from a consistent one under a foreign root; nothing is trusted before both hold.
     *
     * @param chainPem canonical PEM: PCK certificate, PCK CA, root
     * @param pckCrlIssuerChain canonical PEM that came with the PCK list: the same PCK CA, root
     */
    public PckCertificate verifyPck(
            ByteString chainPem, ByteString rootCrl, ByteString pckCrl, String pckCrlIssuerChain, JudgedAt at)
            throws EvidenceRejected {
        PckChain chain = verifiedChain(chainPem, at);
        PckExtension platform = chain.platform(readings);
        RevocationList rootList = rootList(rootCrl, chain.root(), at);
        Instant pckListExpiry = requireNotRevoked(chain, rootList, pckCrl, at);
        requireIssuers(chain, pckCrlIssuerChain);
        Instant expiry = Collections.min(List.of(
                chain.leaf().notAfter(),
                chain.authority().notAfter(),
                chain.root().notAfter(),
                rootList.nextUpdate(),
                pckListExpiry));
        return new PckCertificate(chain.leaf().publicKey(), platform, expiry, new RootRevocations(rootList));
    }

    private PckChain verifiedChain(ByteString chainPem, JudgedAt at) throws EvidenceRejected {
        AtomicBoolean checked = new AtomicBoolean();
        PckChain chain = readings.read(PckChain.class, chainPem, pem -> {
            checked.set(true);
            return consistentChain(pem);
        });
        // What was read before says nothing of signatures: these are the other memory's.
        if (!checked.get()) {
            chain.requireConsistency(p256);
        }
        // A memory that another root's verifier shares may know the chain.
        requirePinned(chain.root());
        requireValidity(chain.leaf(), at);
        requireValidity(chain.authority(), at);
        requireValidity(chain.root(), at);
        return chain;
    }

    /** Refuses before anything is remembered: who holds no key of the pinned root pushes nothing known out of a memory. */
    private PckChain consistentChain(ByteString pem) throws EvidenceRejected {
        PckChain chain = PckChain.read(pem, this::certificate);
        chain.requireNames();
        chain.requireConsistency(isPinned(chain.root()) ? p256 : p256.unremembered());
        requirePinned(chain.root());
        return chain;
    }

    /**
     * Verifies a PCK chain by itself: names, signatures, root and dates; no list is looked at.
     *
     * @param chainPem canonical PEM: PCK certificate, PCK CA, root
     */
    public PckOrigin verifyChain(ByteString chainPem, JudgedAt at) throws EvidenceRejected {
        PckChain chain = verifiedChain(chainPem, at);
        PckExtension platform = chain.platform(readings);
        return new PckOrigin(
                chain.leaf().publicKey(),
                new PckPlatform(
                        platform.fmspc(), PckAuthority.named(chain.authority().commonName())));
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
        PckExtension platform = chain.platform(readings);
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
        SignedCertificate trusted = root.orElseThrow(() ->
                new EvidenceRejected(CERT_CHAIN_UNTRUSTED, "trusted root", "a P-256 certificate", "of another kind"));
        RevocationList list = rootList(rootCrl, trusted, at);
        return new Validity(list.thisUpdate(), list.nextUpdate());
    }

    /**
     * Verifies a PCK CA's revocation list by its issuer chain, which must be exactly [PCK CA, root].
     *
     * @param issuerChainPem canonical PEM
     * @return whose list it is, and its dates
     */
    public PckList verifyPckCrl(String issuerChainPem, ByteString pckCrl, ByteString rootCrl, JudgedAt at)
            throws EvidenceRejected {
        IssuerChain chain = issuers(CERT_CHAIN_INVALID, PCK_LIST, issuerChainPem);
        SignedCertificate authority = chain.issuer();
        requirePinned(chain.root());
        PckAuthority name = PckAuthority.named(authority.commonName());
        if (!authority.certificateAuthority() || !authority.isIssuedBy(chain.root(), p256)) {
            throw new EvidenceRejected(
                    CERT_CHAIN_INVALID, PCK_LIST + " issuer", "a CA issued by the root", authority.commonName());
        }
        requireValidity(authority, at);
        requireValidity(chain.root(), at);
        requireNotRevokedByRoot(authority, chain.root(), rootCrl, at);
        RevocationList list = list(PCK_LIST, pckCrl);
        list.requireValid(PCK_LIST, authority, at, p256);
        return new PckList(name, new Validity(list.thisUpdate(), list.nextUpdate()));
    }

    private void requireNotRevokedByRoot(
            SignedCertificate authority, SignedCertificate root, ByteString rootCrl, JudgedAt at)
            throws EvidenceRejected {
        if (rootList(rootCrl, root, at).revokes(authority)) {
            throw revoked(INTERMEDIATE_REVOKED, "PCK CA", authority);
        }
    }

    private RevocationList rootList(ByteString rootCrl, SignedCertificate root, JudgedAt at) throws EvidenceRejected {
        RevocationList list = list(ROOT_LIST, rootCrl);
        list.requireValid(ROOT_LIST, root, at, p256);
        return list;
    }

    private RevocationList list(String name, ByteString der) throws EvidenceRejected {
        return readings.read(RevocationList.class, der, content -> RevocationList.read(name, content));
    }

    private Instant requireNotRevoked(PckChain chain, RevocationList rootList, ByteString pckCrl, JudgedAt at)
            throws EvidenceRejected {
        if (rootList.revokes(chain.authority())) {
            throw revoked(INTERMEDIATE_REVOKED, "PCK CA", chain.authority());
        }
        RevocationList pckList = list(PCK_LIST, pckCrl);
        if (!pckList.issuer().equals(chain.leaf().issuer())) {
            throw new EvidenceRejected(
                    CRL_ISSUER_MISMATCH, "PCK CRL issuer", chain.authority().commonName(), "another");
        }
        pckList.requireValid(PCK_LIST, chain.authority(), at, p256);
        if (pckList.revokes(chain.leaf())) {
            throw revoked(PCK_REVOKED, "PCK certificate", chain.leaf());
        }
        return pckList.nextUpdate();
    }

    /** Nothing rests on it, since the list was verified under the quote's own PCK CA; but no part may say otherwise. */
    private void requireIssuers(PckChain chain, String pckCrlIssuerChain) throws EvidenceRejected {
        SignedCertificate known = chain.authority();
        IssuerChain issuers = issuers(
                CRL_INVALID,
                PCK_LIST,
                pckCrlIssuerChain,
                der -> known.der().hasContentOf(der) ? known : certificate(der),
                OTHER_LIST_ISSUERS);
        SignedCertificate authority = issuers.issuer();
        // Intel issued the same CA several certificates with one name and key.
        if (!authority.subject().equals(known.subject())
                || !authority.publicKey().equals(known.publicKey())
                || !(authority.der().equals(known.der()) || authority.isIssuedBy(chain.root(), p256))
                || !issuers.root().der().equals(chain.root().der())) {
            throw OTHER_LIST_ISSUERS;
        }
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
        IssuerChain chain = issuedByRoot(what, chainPem);
        return current(chain, rootList(rootCrl, chain.root(), at), at);
    }

    /**
     * The same, with the root's list as it was verified at the same instant.
     *
     * @param revocations of this very root, because both chains end in the pinned one
     */
    public TcbSigner verifyTcbSigner(String what, String chainPem, RootRevocations revocations, JudgedAt at)
            throws EvidenceRejected {
        return current(issuedByRoot(what, chainPem), revocations.list(), at);
    }

    private IssuerChain issuers(RejectionReason reason, String what, String chainPem) throws EvidenceRejected {
        return issuers(reason, what, chainPem, this::certificate, OTHER_ROOT);
    }

    /** A chain under another root is refused as {@code foreign} and never remembered. */
    private IssuerChain issuers(
            RejectionReason reason,
            String what,
            String chainPem,
            PemChain.CertificateReader reader,
            EvidenceRejected foreign)
            throws EvidenceRejected {
        ByteString pem = ByteString.copyOf(chainPem.getBytes(StandardCharsets.UTF_8));
        return readings.read(IssuerChain.class, pem, content -> {
            IssuerChain chain = IssuerChain.read(reason, what, content, reader);
            if (!isPinned(chain.root())) {
                throw foreign;
            }
            return chain;
        });
    }

    private IssuerChain issuedByRoot(String what, String chainPem) throws EvidenceRejected {
        IssuerChain chain = issuers(TCB_SIGNER_INVALID, what, chainPem);
        requirePinned(chain.root());
        SignedCertificate signer = chain.issuer();
        if (!signer.commonName().equals(TCB_SIGNER_NAME)
                || signer.certificateAuthority()
                || !signer.mayUse(KeyUsage.digitalSignature)
                || !signer.isIssuedBy(chain.root(), p256)) {
            throw new EvidenceRejected(
                    TCB_SIGNER_INVALID,
                    what + " signer",
                    TCB_SIGNER_NAME + ", no CA, issued directly by the root",
                    signer.commonName());
        }
        return chain;
    }

    private static TcbSigner current(IssuerChain chain, RevocationList rootList, JudgedAt at) throws EvidenceRejected {
        SignedCertificate signer = chain.issuer();
        if (rootList.revokes(signer)) {
            throw revoked(TCB_SIGNER_REVOKED, "TCB signer", signer);
        }
        requireValidity(signer, at);
        requireValidity(chain.root(), at);
        return new TcbSigner(
                signer.publicKey(),
                Collections.min(List.of(signer.notAfter(), chain.root().notAfter())));
    }

    private void requirePinned(SignedCertificate presented) throws EvidenceRejected {
        if (!isPinned(presented)) {
            throw OTHER_ROOT;
        }
    }

    private boolean isPinned(SignedCertificate presented) {
        return presented.der().equals(rootDer);
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
