package io.attested.sms.worker.verify;

import io.attested.sms.attestation.amd.SnpReport;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/** The fields of a report and of its signer's certificate by the names that vectors use, in the order of the report. */
final class SnpFields {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx");

    // Offsets of the SEV-SNP ABI specification's ATTESTATION_REPORT.
    private static final int PLATFORM_INFO = 0x40;
    private static final int REPORT_ID_MA = 0x160;
    private static final int PROCESSOR = 0x188;
    private static final int CURRENT_VERSION = 0x1e8;
    private static final int COMMITTED_VERSION = 0x1ec;
    private static final int SIGNATURE = 0x2a0;
    private static final int NUMBER = 72;
    private static final int VERSION_WITH_PROCESSOR = 3;

    private SnpFields() {}

    /** Firmware version: build, minor and major number stand in this order. */
    private static String version(SnpReport report, int offset) {
        return report.raw().unsigned(offset + 2) + "." + report.raw().unsigned(offset + 1) + "."
                + report.raw().unsigned(offset);
    }

    static Map<String, Object> of(SnpReport report) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("version", report.version());
        fields.put("guestSvn", report.guestSvn());
        fields.put("policy", "0x" + Long.toHexString(report.policy()));
        fields.put("debugAllowed", report.debug());
        fields.put("familyId", report.familyId().hex());
        fields.put("imageId", report.imageId().hex());
        fields.put("vmpl", report.vmpl());
        fields.put("signatureAlgo", report.signatureAlgorithm());
        fields.put("currentTcb", report.currentTcb().hex());
        fields.put("signingKey", report.signingKey().toString());
        fields.put("maskChipKey", report.maskChipKey());
        fields.put("reportData", report.reportData().hex());
        fields.put("measurement", report.measurement().hex());
        fields.put("hostData", report.hostData().hex());
        fields.put("idKeyDigest", report.idKeyDigest().hex());
        fields.put("authorKeyDigest", report.authorKeyDigest().hex());
        fields.put("reportId", report.reportId().hex());
        fields.put("reportedTcb", report.reportedTcb().hex());
        fields.put("chipId", report.chipId().hex());
        fields.put("committedTcb", report.committedTcb().hex());
        fields.put("launchTcb", report.launchTcb().hex());
        fields.put("platformInfo", report.raw().slice(PLATFORM_INFO, 8).hex());
        fields.put("reportIdMa", report.raw().slice(REPORT_ID_MA, 32).hex());
        if (report.version() >= VERSION_WITH_PROCESSOR) {
            fields.put("cpuFamily", (long) report.raw().unsigned(PROCESSOR));
            fields.put("cpuModel", (long) report.raw().unsigned(PROCESSOR + 1));
            fields.put("cpuStepping", (long) report.raw().unsigned(PROCESSOR + 2));
        }
        fields.put("currentVersion", version(report, CURRENT_VERSION));
        fields.put("committedVersion", version(report, COMMITTED_VERSION));
        fields.put("signatureR", report.raw().slice(SIGNATURE, NUMBER).hex());
        fields.put("signatureS", report.raw().slice(SIGNATURE + NUMBER, NUMBER).hex());
        return fields;
    }

    /** Of a certificate before anything of it was verified; none when it cannot be read. */
    static Map<String, Object> ofSigner(byte[] der) {
        try {
            X509Certificate signer = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("subject", signer.getSubjectX500Principal().getName());
            fields.put("notBefore", date(signer.getNotBefore().toInstant()));
            fields.put("notAfter", date(signer.getNotAfter().toInstant()));
            return fields;
        } catch (CertificateException unreadable) {
            return Map.of();
        }
    }

    private static String date(Instant instant) {
        return DATE.format(instant.atOffset(ZoneOffset.UTC));
    }
}
