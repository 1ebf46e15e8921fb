package io.attested.sms.attestation.amd;

import static io.attested.sms.attestation.RejectionReason.MALFORMED_QUOTE;
import static io.attested.sms.attestation.RejectionReason.UNSUPPORTED_KEY_TYPE;
import static io.attested.sms.attestation.RejectionReason.UNSUPPORTED_QUOTE_VERSION;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.EvidenceRejected;

/** The strict reader behind {@link SnpReport#parse}. */
final class SnpReportLayout {
    private static final int OLDEST = 2;
    private static final int WITH_PROCESSOR_FAMILY = 3;

    /** Sources disagree whether version 4 or 5 brought the mitigation vectors, so neither has these bytes checked. */
    private static final int WITH_MITIGATION_VECTORS = 4;

    private static final int NEWEST = 5;
    private static final int POLICY_ALWAYS_ONE = 17;
    private static final int ECDSA_P384 = 1;
    private static final int HIGHEST_VMPL = 3;
    private static final int UNSIGNED_REPORT = 7;

    private SnpReportLayout() {}

    static SnpReport read(byte[] bytes) throws EvidenceRejected {
        if (bytes.length != SnpReport.LENGTH) {
            throw malformed("length of the report", SnpReport.LENGTH, bytes.length);
        }
        SnpReport report = new SnpReport(ByteString.copyOf(bytes));
        if (report.version() < OLDEST || report.version() > NEWEST) {
            throw new EvidenceRejected(
                    UNSUPPORTED_QUOTE_VERSION, "report version", OLDEST + " to " + NEWEST, report.version());
        }
        requireSigned(report);
        requireReserved(report);
        if (!report.policyBit(POLICY_ALWAYS_ONE)) {
            throw malformed("guest policy bit " + POLICY_ALWAYS_ONE, 1, 0);
        }
        if (report.vmpl() > HIGHEST_VMPL) {
            throw malformed("VMPL", "0 to 3 (the guest asked for the report)", report.vmpl());
        }
        return report;
    }

    private static void requireSigned(SnpReport report) throws EvidenceRejected {
        if (report.signatureAlgorithm() != ECDSA_P384) {
            throw new EvidenceRejected(
                    UNSUPPORTED_KEY_TYPE, "signature algorithm", "1 (ECDSA P-384)", report.signatureAlgorithm());
        }
        int key = report.signingKeyNumber();
        if (key > 1) {
            throw new EvidenceRejected(
                    UNSUPPORTED_KEY_TYPE,
                    "signing key",
                    "0 (VCEK) or 1 (VLEK)",
                    key == UNSIGNED_REPORT ? "7 (report is not signed)" : key);
        }
    }

    private static void requireReserved(SnpReport report) throws EvidenceRejected {
        if (report.keyFlags() >>> 5 != 0) {
            throw malformed("reserved bits of the key flags", 0, Long.toHexString(report.keyFlags()));
        }
        requireZero(report, 0x4c, 0x50);
        requireZero(report, report.version() < WITH_PROCESSOR_FAMILY ? 0x188 : 0x18b, 0x1a0);
        requireZero(report, 0x1eb, 0x1ec);
        requireZero(report, 0x1ef, 0x1f0);
        requireZero(report, report.version() < WITH_MITIGATION_VECTORS ? 0x1f8 : 0x208, SnpReport.SIGNED_LENGTH);
        requireZero(report, SnpReport.SIGNED_LENGTH + 2 * SnpReport.NUMBER_LENGTH, SnpReport.LENGTH);
    }

    private static void requireZero(SnpReport report, int from, int to) throws EvidenceRejected {
        ByteString reserved = report.raw().slice(from, to - from);
        if (!reserved.isZero()) {
            throw malformed("reserved bytes at offset " + from, "zero", reserved);
        }
    }

    private static EvidenceRejected malformed(String field, Object expected, Object seen) {
        return new EvidenceRejected(MALFORMED_QUOTE, field, expected, seen);
    }
}
