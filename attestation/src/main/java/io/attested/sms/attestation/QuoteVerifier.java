package io.attested.sms.attestation;

import static io.attested.sms.attestation.RejectionReason.CERT_CHAIN_INVALID;
import static io.attested.sms.attestation.RejectionReason.QE_IDENTITY_SIGNATURE_INVALID;
import static io.attested.sms.attestation.RejectionReason.QE_REPORT_DATA_MISMATCH;
import static io.attested.sms.attestation.RejectionReason.QE_REPORT_SIGNATURE_INVALID;
import static io.attested.sms.attestation.RejectionReason.QUOTE_SIGNATURE_INVALID;
import static io.attested.sms.attestation.RejectionReason.TCB_INFO_SIGNATURE_INVALID;

import io.attested.sms.attestation.Verdict.Verified;
import io.attested.sms.attestation.collateral.Collateral;
import io.attested.sms.attestation.pki.BouncyCastleP256;
import io.attested.sms.attestation.pki.IntelPki;
import io.attested.sms.attestation.pki.P256;
import io.attested.sms.attestation.pki.PckCertificate;
import io.attested.sms.attestation.pki.PckOrigin;
import io.attested.sms.attestation.pki.TcbSigner;
import io.attested.sms.attestation.quote.CertificationData;
import io.attested.sms.attestation.quote.Quote;
import io.attested.sms.attestation.quote.QuoteParsing;
import io.attested.sms.attestation.quote.QuoteSignature;
import io.attested.sms.attestation.quote.TrustDomainReport;
import io.attested.sms.attestation.tcb.QeIdentity;
import io.attested.sms.attestation.tcb.TcbEvaluation;
import io.attested.sms.attestation.tcb.TcbInfo;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Verifies Intel DCAP quotes (ECDSA P-256) of SGX enclaves and TDX trust domains, versions 3, 4 and 5.
 *
 * <p>The order of checks is fixed and decides which reason a faulty quote gets: quote layout; PCK chain; root and PCK
 * revocation lists; TCB info (signer, signature over the bytes as received, dates); QE identity (likewise); whether the
 * TCB info is the platform's; the TDX module; QE report signature; the QE's voucher for the attestation key; the QE's
 * identity; quote signature; TCB level. Everything is judged at one instant.
 *
 * <p>Guarantee: a {@link Verified} verdict's claims were written by hardware that chains to the trusted root, as far as
 * Intel's keys are Intel's. Not guaranteed: that what runs there is acceptable (debug, status, measurement), that it is
 * alive, or that the report data means anything; these are the caller's checks. Immutable and safe for concurrent use.
 */
public final class QuoteVerifier {
    private final TrustRoot root;
    private final IntelPki pki;
    private final P256 p256;
    private final Readings readings;

    /** Verifies under {@code root} with the portable signature verification. */
    public QuoteVerifier(TrustRoot root) {
        this(root, new BouncyCastleP256());
    }

    /** Verifies under {@code root} with another provider of P-256. */
    public QuoteVerifier(TrustRoot root, P256 p256) {
        this(root, p256, Readings.afresh());
    }

    /**
     * The same with a memory of what certificates, lists and collateral say. With {@link
     * io.attested.sms.attestation.pki.RememberedSignatures} around {@code p256}, a quote of a known platform costs one
     * signature check; dates, revocation, identities and levels are evaluated for every quote all the same.
     */
    public QuoteVerifier(TrustRoot root, P256 p256, Readings readings) {
        this.root = root;
        this.p256 = p256;
        this.readings = readings;
        this.pki = new IntelPki(root.der(), p256, readings);
    }

    /** The same as {@link #verify(byte[], Collateral, JudgedAt)} without grace. */
    public Verdict verify(byte[] quote, Collateral collateral, Instant at) {
        return verify(quote, collateral, JudgedAt.exactly(at));
    }

    /**
     * Verifies a quote. Never throws, whatever the bytes are.
     *
     * @param quote as received
     * @param collateral as received; wholly verified here
     * @param at when to judge
     */
    public Verdict verify(byte[] quote, Collateral collateral, JudgedAt at) {
        try {
            return switch (Quote.parse(quote)) {
                case QuoteParsing.Malformed malformed -> malformed.rejection();
                case QuoteParsing.Parsed parsed -> new Verified(verify(parsed.quote(), collateral, at));
            };
        } catch (EvidenceRejected e) {
            return e.verdict();
        }
    }

    /**
     * Verifies what a quote proves by itself: layout; PCK chain up to the root; QE report signature; the QE's voucher for
     * the attestation key; quote signature. Never throws, whatever the bytes are.
     *
     * <p>Cheap (four signatures) and without collateral, so that a stranger's quote costs nobody a request before it is
     * known to come from a genuine platform. The steps are those of {@link #verify}; revocation lists, collateral, the
     * QE's identity and the TCB level are not looked at.
     *
     * @param quote as received
     * @param pckChainPem canonical PEM, used only when the quote names its platform without a chain
     * @param at when to judge; the certificates' dates know no grace
     */
    public Origin verifyOrigin(byte[] quote, Optional<String> pckChainPem, JudgedAt at) {
        try {
            return switch (Quote.parse(quote)) {
                case QuoteParsing.Malformed malformed -> new Origin.Refused(malformed.rejection());
                case QuoteParsing.Parsed parsed -> origin(parsed.quote(), pckChainPem, at);
            };
        } catch (EvidenceRejected e) {
            return new Origin.Refused(e.verdict());
        }
    }

    private Origin origin(Quote quote, Optional<String> beside, JudgedAt at) throws EvidenceRejected {
        QuoteSignature signature = quote.signature();
        PckOrigin pck = pki.verifyChain(pckChain(signature.certification(), beside), at);
        requireVouchedKey(signature, pck.publicKey());
        requireQuoteSignature(quote);
        return new Origin.Proven(
                pck.platform(), quote.body().tee(), quote.body().reportData());
    }

    private Claims verify(Quote quote, Collateral collateral, JudgedAt at) throws EvidenceRejected {
        QuoteSignature signature = quote.signature();
        Tee tee = quote.body().tee();
        PckCertificate pck = pki.verifyPck(
                pckChain(signature.certification(), collateral.pckCertificateChain()),
                collateral.rootCaCrl(),
                collateral.pckCrl(),
                collateral.pckCrlIssuerChain(),
                at);
        TcbSigner tcbSigner = pki.verifyTcbSigner("TCB info", collateral.tcbInfoIssuerChain(), pck.revocations(), at);
        TcbInfo tcbInfo = tcbInfo(collateral, tcbSigner, at);
        TcbSigner qeSigner = sameChain(collateral)
                ? tcbSigner
                : pki.verifyTcbSigner("QE identity", collateral.qeIdentityIssuerChain(), pck.revocations(), at);
        QeIdentity qeIdentity = qeIdentity(collateral, qeSigner, at);
        tcbInfo.requireFor(tee, pck.platform());
        if (quote.body() instanceof TrustDomainReport domain) {
            tcbInfo.requireModuleOf(domain);
        }
        requireVouchedKey(signature, pck.publicKey());
        qeIdentity.requireFor(tee, signature.qeReport());
        requireQuoteSignature(quote);
        TcbClaims tcb =
                new TcbEvaluation(tcbInfo, qeIdentity).evaluate(pck.platform(), quote.body(), signature.qeReport());
        Instant expiry = Collections.min(List.of(
                pck.expiry(), tcbSigner.expiry(), qeSigner.expiry(), tcbInfo.nextUpdate(), qeIdentity.nextUpdate()));
        return new QuoteClaims(quote, pck.platform(), tcb, tcbInfo, qeIdentity).claims(expiry, root.name());
    }

    /** One chain verified once: both kinds of collateral have the same signer in practice. */
    private static boolean sameChain(Collateral collateral) {
        return collateral.qeIdentityIssuerChain().equals(collateral.tcbInfoIssuerChain());
    }

    private static ByteString pckChain(CertificationData certification, Optional<String> beside)
            throws EvidenceRejected {
        if (certification.type() == CertificationData.PCK_CHAIN) {
            return certification.data();
        }
        if (certification.namesPlatformOnly() && beside.isPresent()) {
            return ByteString.copyOf(beside.get().getBytes(StandardCharsets.UTF_8));
        }
        throw new EvidenceRejected(
                CERT_CHAIN_INVALID,
                "certification data type",
                "5 (PCK chain), or 1 to 3 with the chain beside the quote",
                certification.type());
    }

    private TcbInfo tcbInfo(Collateral collateral, TcbSigner signer, JudgedAt at) throws EvidenceRejected {
        if (!p256.verifies(signer.publicKey(), collateral.tcbInfo(), collateral.tcbInfoSignature())) {
            throw signatureOverReceivedBytes(TCB_INFO_SIGNATURE_INVALID, "TCB info signature");
        }
        TcbInfo tcbInfo = readings.read(TcbInfo.class, collateral.tcbInfo(), TcbInfo::read);
        tcbInfo.requireCurrent(at);
        return tcbInfo;
    }

    private QeIdentity qeIdentity(Collateral collateral, TcbSigner signer, JudgedAt at) throws EvidenceRejected {
        if (!p256.verifies(signer.publicKey(), collateral.qeIdentity(), collateral.qeIdentitySignature())) {
            throw signatureOverReceivedBytes(QE_IDENTITY_SIGNATURE_INVALID, "QE identity signature");
        }
        QeIdentity qeIdentity = readings.read(QeIdentity.class, collateral.qeIdentity(), QeIdentity::read);
        qeIdentity.requireCurrent(at);
        return qeIdentity;
    }

    private static EvidenceRejected signatureOverReceivedBytes(RejectionReason reason, String field) {
        return new EvidenceRejected(reason, field, "made by the TCB signer over the bytes as received", "not so");
    }

    private void requireVouchedKey(QuoteSignature signature, ByteString pckKey) throws EvidenceRejected {
        if (!p256.verifies(pckKey, signature.qeReport().raw(), signature.qeReportSignature())) {
            throw new EvidenceRejected(
                    QE_REPORT_SIGNATURE_INVALID, "QE report signature", "made by the PCK key", "not made by it");
        }
        ByteString expected = Sha256.of(signature.attestationKey(), signature.qeAuthenticationData());
        ByteString seen = signature.qeReport().reportData().slice(0, expected.length());
        if (!seen.equals(expected)) {
            throw new EvidenceRejected(
                    QE_REPORT_DATA_MISMATCH,
                    "first half of the QE report data",
                    expected + " (SHA-256 of attestation key and authentication data)",
                    seen);
        }
    }

    private void requireQuoteSignature(Quote quote) throws EvidenceRejected {
        QuoteSignature signature = quote.signature();
        if (!p256.verifies(signature.attestationKey(), quote.signedBytes(), signature.signature())) {
            throw new EvidenceRejected(
                    QUOTE_SIGNATURE_INVALID, "quote signature", "made by the attestation key", "not made by it");
        }
    }
}
