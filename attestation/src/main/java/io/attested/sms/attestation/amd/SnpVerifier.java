package io.attested.sms.attestation.amd;

import static io.attested.sms.attestation.RejectionReason.INTERMEDIATE_REVOKED;
import static io.attested.sms.attestation.RejectionReason.REPORT_SIGNATURE_INVALID;
import static io.attested.sms.attestation.RejectionReason.REPORT_SIGNER_MISMATCH;
import static io.attested.sms.attestation.RejectionReason.REPORT_SIGNER_REVOKED;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.Claims;
import io.attested.sms.attestation.CollateralClaims;
import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.JudgedAt;
import io.attested.sms.attestation.PlatformClaims;
import io.attested.sms.attestation.RejectionReason;
import io.attested.sms.attestation.Sha256;
import io.attested.sms.attestation.TcbClaims;
import io.attested.sms.attestation.Verdict;
import io.attested.sms.attestation.Verdict.Verified;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Verifies attestation reports of AMD SEV-SNP guests, versions 2 to 5, signed by a VCEK or a VLEK.
 *
 * <p>The order of checks is fixed and decides which reason a faulty report gets: layout of the report; the chain's
 * encoding, root and names; signing key against the certificate's kind; the chain's signatures and constraints; dates;
 * revocation list, if there; AMD's extensions; TCB version and hardware id; the report's signature. Everything is judged
 * at one instant.
 *
 * <p>Guarantee: a {@link Verified} verdict's claims were written by AMD firmware whose key chains to a trusted root.
 * Not guaranteed: that what runs there is acceptable (debug, TCB version, VMPL, measurement), that it is alive, or that
 * the report data means anything; these are the caller's checks. AMD publishes no opinion on TCB versions, so a minimum
 * is policy. Immutable and safe for concurrent use.
 */
public final class SnpVerifier {
    private final List<AmdRoot> roots;

    /** Verifies under these roots, of which each chain must hold exactly one. */
    public SnpVerifier(List<AmdRoot> roots) {
        this.roots = List.copyOf(roots);
    }

    /**
     * Verifies a report. Never throws, whatever the bytes are.
     *
     * @param report as received
     * @param collateral as received; wholly verified here
     * @param at when to judge; the grace is for the revocation list only
     */
    public Verdict verify(byte[] report, SnpCollateral collateral, JudgedAt at) {
        try {
            return new Verified(verify(SnpReportLayout.read(report), collateral, at));
        } catch (EvidenceRejected rejected) {
            return rejected.verdict();
        }
    }

    private Claims verify(SnpReport report, SnpCollateral collateral, JudgedAt at) throws EvidenceRejected {
        SnpChain chain = SnpChain.read(collateral, roots);
        SigningKey kind = chain.kind();
        if (report.signingKey() != kind) {
            throw new EvidenceRejected(REPORT_SIGNER_MISMATCH, "report's signing key", kind, report.signingKey());
        }
        chain.requireConsistency();
        chain.requireValidity(at);
        Optional<Instant> listExpiry = requireNotRevoked(chain, collateral.revocationList(), at);
        requireSigner(report, chain, kind);
        return claims(report, chain, listExpiry);
    }

    static Optional<Instant> requireNotRevoked(SnpChain chain, Optional<ByteString> der, JudgedAt at)
            throws EvidenceRejected {
        if (der.isEmpty()) {
            return Optional.empty();
        }
        AmdRevocationList list = AmdRevocationList.read(der.get());
        list.requireValid(chain.root(), at);
        requireAbsent(list, chain.authority(), INTERMEDIATE_REVOKED);
        requireAbsent(list, chain.signer(), REPORT_SIGNER_REVOKED);
        return Optional.of(list.nextUpdate());
    }

    static void requireAbsent(AmdRevocationList list, AmdCertificate certificate, RejectionReason reason)
            throws EvidenceRejected {
        if (list.revokes(certificate)) {
            throw new EvidenceRejected(
                    reason,
                    certificate.commonName() + " with serial number "
                            + certificate.serial().toString(16),
                    "not in the revocation list",
                    "revoked");
        }
    }

    private static void requireSigner(SnpReport report, SnpChain chain, SigningKey kind) throws EvidenceRejected {
        SignerExtensions extensions;
        ByteString point;
        try {
            extensions =
                    SignerExtensions.read(chain.signer(), kind, chain.pinned().product());
            point = chain.signer().point();
        } catch (IOException malformed) {
            throw SnpChain.invalid("signer's certificate", "as AMD issues it", String.valueOf(malformed.getMessage()));
        }
        if (!report.reportedTcb().equals(extensions.tcb())) {
            throw new EvidenceRejected(
                    REPORT_SIGNER_MISMATCH,
                    "REPORTED_TCB",
                    extensions.tcb() + " (the certificate's)",
                    report.reportedTcb());
        }
        if (extensions.hardwareId().isPresent() && !report.chipId().isZero()) {
            requireChip(report, extensions.hardwareId().get());
        }
        if (!P384.verifies(point, report.signedBytes(), report.r(), report.s())) {
            throw new EvidenceRejected(
                    REPORT_SIGNATURE_INVALID, "report signature", "made by the " + kind, "not made by it");
        }
    }

    private static void requireChip(SnpReport report, ByteString hardwareId) throws EvidenceRejected {
        int length = hardwareId.length();
        ByteString rest = report.chipId().slice(length, report.chipId().length() - length);
        if (!report.chipId().slice(0, length).equals(hardwareId) || !rest.isZero()) {
            // Whoever reads the message needs not learn which machine it was.
            throw new EvidenceRejected(
                    REPORT_SIGNER_MISMATCH, "CHIP_ID", "the certificate's hardware id", "another chip's");
        }
    }

    private static Claims claims(SnpReport report, SnpChain chain, Optional<Instant> listExpiry) {
        boolean chipKnown =
                report.signingKey() == SigningKey.VCEK && !report.chipId().isZero();
        Instant expiry = listExpiry
                .map(list -> Collections.min(List.of(list, chain.expiry())))
                .orElseGet(chain::expiry);
        return new Claims(
                report.claims(chain.pinned().product()),
                report.reportData(),
                report.debug(),
                new TcbClaims(Optional.empty(), new TreeSet<>(), false, Optional.empty(), Optional.empty()),
                new PlatformClaims(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        chipKnown ? Optional.of(Sha256.of(report.chipId())) : Optional.empty()),
                new CollateralClaims(
                        Optional.empty(), Optional.empty(), Optional.empty(), expiry, listExpiry.isPresent()),
                0,
                chain.pinned().name());
    }
}
