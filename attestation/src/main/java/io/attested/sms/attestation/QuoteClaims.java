package io.attested.sms.attestation;

import io.attested.sms.attestation.pki.PckExtension;
import io.attested.sms.attestation.quote.EnclaveReport;
import io.attested.sms.attestation.quote.Quote;
import io.attested.sms.attestation.quote.ReportBody;
import io.attested.sms.attestation.quote.TrustDomainReport;
import io.attested.sms.attestation.tcb.QeIdentity;
import io.attested.sms.attestation.tcb.TcbInfo;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The claims of a quote of which everything was verified. */
record QuoteClaims(Quote quote, PckExtension platform, TcbClaims tcb, TcbInfo tcbInfo, QeIdentity qeIdentity) {
    Claims claims(Instant earliestExpiry, String trustRootName) {
        ReportBody body = quote.body();
        return new Claims(
                code(body),
                body.reportData(),
                body.debug(),
                tcb,
                new PlatformClaims(
                        Optional.of(platform.fmspc()),
                        Optional.of(Sha256.of(platform.ppid())),
                        platform.instanceId().map(Sha256::of),
                        Optional.empty()),
                new CollateralClaims(
                        Optional.of(tcbInfo.evaluationDataNumber()),
                        Optional.of(qeIdentity.evaluationDataNumber()),
                        Optional.of(Collections.min(List.of(tcbInfo.issueDate(), qeIdentity.issueDate()))),
                        earliestExpiry,
                        true),
                quote.trailingBytes(),
                trustRootName);
    }

    private static CodeClaims code(ReportBody body) {
        return switch (body) {
            case EnclaveReport report ->
                new SgxClaims(
                        report.mrEnclave(),
                        report.mrSigner(),
                        report.isvProdId(),
                        report.isvSvn(),
                        report.attributes().slice(0, 8),
                        report.attributes().slice(8, 8),
                        report.miscSelect(),
                        report.configId(),
                        report.configSvn(),
                        report.isvExtProdId(),
                        report.isvFamilyId());
            case TrustDomainReport report ->
                new TdxClaims(
                        report.mrTd(),
                        report.mrConfigId(),
                        report.mrOwner(),
                        report.mrOwnerConfig(),
                        report.rtmrs(),
                        report.tdAttributes(),
                        report.xfam(),
                        report.mrSeam(),
                        report.mrSignerSeam(),
                        report.teeTcbSvn(),
                        report.teeTcbSvn2(),
                        report.mrServiceTd());
        };
    }
}
