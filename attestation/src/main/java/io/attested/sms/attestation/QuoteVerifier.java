package io.attested.sms.attestation;

import static io.attested.sms.attestation.RejectionReason.CERT_CHAIN_INVALID;
import static io.attested.sms.attestation.RejectionReason.QE_IDENTITY_SIGNATURE_INVALID;
import static io.attested.sms.attestation.RejectionReason.QE_REPORT_DATA_MISMATCH;
import static io.attested.sms.attestation.RejectionReason.QE_REPORT_SIGNATURE_INVALID;
import static io.attested.sms.attestation.RejectionReason.QUOTE_SIGNATURE_INVALID;
import static io.attested.sms.attestation.RejectionReason.TCB_INFO_SIGNATURE_INVALID;
import static io.attested.sms.attestation.RejectionReason.TCB_REVOKED;

import io.attested.sms.attestation.Verdict.Rejected;
import io.attested.sms.attestation.Verdict.Verified;
import io.attested.sms.attestation.collateral.Collateral;
import io.attested.sms.attestation.pki.BouncyCastleP256;
import io.attested.sms.attestation.pki.IntelPki;
import io.attested.sms.attestation.pki.P256;
import io.attested.sms.attestation.pki.PckCertificate;
import io.attested.sms.attestation.pki.TcbSigner;
import io.attested.sms.attestation.quote.CertificationData;
import io.attested.sms.attestation.quote.EnclaveReport;
import io.attested.sms.attestation.quote.QuoteParsing;
import io.attested.sms.attestation.quote.QuoteSignature;
import io.attested.sms.attestation.quote.SgxQuote;
import io.attested.sms.attestation.tcb.QeIdentity;
import io.attested.sms.attestation.tcb.TcbInfo;
import io.attested.sms.attestation.tcb.TcbLevel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Verifies Intel DCAP quotes (ECDSA P-256) of SGX enclaves, quote version 3.
 *
 * <p>The order of checks is fixed and decides which reason a faulty quote gets: quote layout; PCK chain; root and PCK
 * revocation lists; TCB info (signer, signature over the bytes as received, dates); QE identity (likewise); whether the
 * TCB info is the platform's; QE report signature; the QE's voucher for the attestation key; the QE's identity; quote
 * signature; TCB status. Everything is judged at one instant.
 *
 * <p>Guarantee: a {@link Verified} verdict's claims were written by SGX hardware that chains to the trusted root, as far
 * as Intel's keys are Intel's. Not guaranteed: that the enclave is acceptable (debug, status, measurement), that it is
 * alive, or that the report data means anything; these are the caller's checks. Immutable and safe for concurrent use.
 */
public final class QuoteVerifier {
    private final TrustRoot root;
    private final IntelPki pki;
    private final P256 p256;

    /** Verifies under {@code root} with the portable signature verification. */
    public QuoteVerifier(TrustRoot root) {
        this(root, new BouncyCastleP256());
    }

    /** Verifies under {@code root} with another provider of P-256. */
    public QuoteVerifier(TrustRoot root, P256 p256) {
        this.root = root;
        this.p256 = p256;
        this.pki = new IntelPki(root.der(), p256);
    }

    /**
     * Verifies a quote. Never throws, whatever the bytes are.
     *
     * @param quote as received
     * @param collateral as received; wholly verified here
     * @param at the instant to judge at
     */
    public Verdict verify(byte[] quote, Collateral collateral, Instant at) {
        try {
            return switch (SgxQuote.parse(quote)) {
                case QuoteParsing.Malformed malformed -> new Rejected(malformed.reason(), malformed.detail());
                case QuoteParsing.Parsed parsed -> new Verified(verify(parsed.quote(), collateral, at));
            };
        } catch (EvidenceRejected e) {
            return e.verdict();
        }
    }

    private EnclaveClaims verify(SgxQuote quote, Collateral collateral, Instant at) throws EvidenceRejected {
        QuoteSignature signature = quote.signature();
        PckCertificate pck = pki.verifyPck(
                pckChain(signature.certification(), collateral), collateral.rootCaCrl(), collateral.pckCrl(), at);
        TcbSigner tcbSigner =
                pki.verifyTcbSigner("TCB info", collateral.tcbInfoIssuerChain(), collateral.rootCaCrl(), at);
        TcbInfo tcbInfo = tcbInfo(collateral, tcbSigner, at);
        TcbSigner qeSigner = sameChain(collateral)
                ? tcbSigner
                : pki.verifyTcbSigner("QE identity", collateral.qeIdentityIssuerChain(), collateral.rootCaCrl(), at);
        QeIdentity qeIdentity = qeIdentity(collateral, qeSigner, at);
        tcbInfo.requireFor(pck.platform());
        requireVouchedKey(signature, pck);
        qeIdentity.requireFor(signature.qeReport());
        if (!p256.verifies(signature.attestationKey(), quote.signedBytes(), signature.signature())) {
            throw new EvidenceRejected(QUOTE_SIGNATURE_INVALID, "quote is not signed by its attestation key");
        }
        Instant expiry = Collections.min(List.of(
                pck.expiry(), tcbSigner.expiry(), qeSigner.expiry(), tcbInfo.nextUpdate(), qeIdentity.nextUpdate()));
        TcbLevel level = status(tcbInfo.levelOf(pck.platform()), qeIdentity.levelOf(signature.qeReport()));
        return claims(quote, level, pck, tcbInfo.evaluationDataNumber(), expiry);
    }

    /** One chain verified once: both kinds of collateral have the same signer in practice. */
    private static boolean sameChain(Collateral collateral) {
        return collateral.qeIdentityIssuerChain().equals(collateral.tcbInfoIssuerChain());
    }

    private static ByteString pckChain(CertificationData certification, Collateral collateral) throws EvidenceRejected {
        if (certification.type() == CertificationData.PCK_CHAIN) {
            return certification.data();
        }
        if (certification.namesPlatformOnly()
                && collateral.pckCertificateChain().isPresent()) {
            String chain = collateral.pckCertificateChain().get();
            return ByteString.copyOf(chain.getBytes(StandardCharsets.UTF_8));
        }
        throw new EvidenceRejected(
                CERT_CHAIN_INVALID,
                "certification data has type " + certification.type()
                        + ", expected 5 (PCK chain), or 1 to 3 with the chain in the collateral");
    }

    private TcbInfo tcbInfo(Collateral collateral, TcbSigner signer, Instant at) throws EvidenceRejected {
        if (!p256.verifies(signer.publicKey(), collateral.tcbInfo(), collateral.tcbInfoSignature())) {
            throw new EvidenceRejected(
                    TCB_INFO_SIGNATURE_INVALID, "TCB info's signature does not hold over the bytes as received");
        }
        TcbInfo tcbInfo = TcbInfo.read(collateral.tcbInfo());
        tcbInfo.requireCurrent(at);
        return tcbInfo;
    }

    private QeIdentity qeIdentity(Collateral collateral, TcbSigner signer, Instant at) throws EvidenceRejected {
        if (!p256.verifies(signer.publicKey(), collateral.qeIdentity(), collateral.qeIdentitySignature())) {
            throw new EvidenceRejected(
                    QE_IDENTITY_SIGNATURE_INVALID, "QE identity's signature does not hold over the bytes as received");
        }
        QeIdentity qeIdentity = QeIdentity.read(collateral.qeIdentity());
        qeIdentity.requireCurrent(at);
        return qeIdentity;
    }

    private void requireVouchedKey(QuoteSignature signature, PckCertificate pck) throws EvidenceRejected {
        if (!p256.verifies(pck.publicKey(), signature.qeReport().raw(), signature.qeReportSignature())) {
            throw new EvidenceRejected(QE_REPORT_SIGNATURE_INVALID, "QE report is not signed by the PCK key");
        }
        ByteString expected = sha256(signature.attestationKey(), signature.qeAuthenticationData());
        ByteString seen = signature.qeReport().reportData().slice(0, expected.length());
        if (!seen.equals(expected)) {
            throw new EvidenceRejected(
                    QE_REPORT_DATA_MISMATCH,
                    "QE report data starts with " + seen + ", expected SHA-256(attestation key, authentication data) "
                            + expected);
        }
    }

    private static TcbLevel status(TcbLevel platform, TcbLevel qe) throws EvidenceRejected {
        TcbStatus status = platform.status().convergedWith(qe.status());
        if (status == TcbStatus.REVOKED) {
            throw new EvidenceRejected(
                    TCB_REVOKED,
                    "platform's TCB level is " + platform.status().text() + ", quoting enclave's is "
                            + qe.status().text());
        }
        SortedSet<String> advisories = new TreeSet<>(platform.advisories());
        advisories.addAll(qe.advisories());
        return new TcbLevel(status, advisories);
    }

    private EnclaveClaims claims(
            SgxQuote quote, TcbLevel level, PckCertificate pck, int evaluationDataNumber, Instant expiry) {
        EnclaveReport report = quote.report();
        return new EnclaveClaims(
                Tee.SGX,
                report.mrEnclave(),
                report.mrSigner(),
                report.configId(),
                report.reportData(),
                report.attributes(),
                report.debug(),
                report.kss(),
                report.provisionKey(),
                report.miscSelect(),
                report.isvProdId(),
                report.isvSvn(),
                report.configSvn(),
                level.status(),
                level.advisories(),
                pck.platform().fmspc(),
                expiry,
                evaluationDataNumber,
                quote.trailingBytes(),
                root.name());
    }

    private static ByteString sha256(ByteString first, ByteString second) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(first.toByteArray());
            return ByteString.copyOf(digest.digest(second.toByteArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
