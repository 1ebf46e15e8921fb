package io.attested.sms.worker.verify;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.pki.PckExtension;
import io.attested.sms.attestation.pki.PresentedPck;
import io.attested.sms.attestation.quote.CertificationData;
import io.attested.sms.attestation.quote.EnclaveReport;
import io.attested.sms.attestation.quote.Quote;
import io.attested.sms.attestation.quote.QuoteSignature;
import io.attested.sms.attestation.quote.ReportBody;
import io.attested.sms.attestation.quote.TrustDomainReport;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The fields of a quote by the names that vectors use, in the order of the quote. */
final class QuoteFields {
    private static final int HEADER = 48;
    private static final int DESCRIPTOR = 6;
    private static final int VERSION_WITH_SVNS = 3;
    private static final int QE_SVN = 8;
    private static final int PCE_SVN = 10;
    private static final int TDX = 0x81;
    private static final int BODY_TDX_1_5 = 3;

    private QuoteFields() {}

    /**
     * Every field.
     *
     * @param chainBeside PCK chain in PEM that came with the collateral, for quotes that carry none
     */
    static Map<String, Object> of(Quote quote, Optional<String> chainBeside) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("quoteVersion", (long) quote.header().version());
        fields.put("attestationKeyType", (long) quote.header().attestationKeyType());
        if (quote.header().version() == VERSION_WITH_SVNS) {
            fields.put("qeSvn", u16(quote.signedBytes(), QE_SVN));
            fields.put("pceSvn", u16(quote.signedBytes(), PCE_SVN));
        }
        fields.put("qeVendorId", quote.header().qeVendorId().hex());
        fields.put("userData", quote.header().userData().hex());
        body(fields, quote.body());
        signature(fields, quote.signature());
        Optional<ByteString> chain = chain(quote.signature().certification(), chainBeside);
        chain.flatMap(QuoteFields::presentedPck).ifPresent(pck -> pck(fields, pck));
        chain.ifPresent(pem -> fields.putAll(CertificateFields.of(pem)));
        fields.put("trailingBytes", (long) quote.trailingBytes());
        return fields;
    }

    /**
     * What stands at a fixed place in bytes that are no quote the verifier reads: version, report, and how many bytes are
     * too many or (negative) too few.
     */
    static Map<String, Object> ofUnreadable(byte[] bytes) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (bytes.length < HEADER) {
            return fields;
        }
        ByteBuffer quote = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int version = Short.toUnsignedInt(quote.getShort(0));
        fields.put("quoteVersion", (long) version);
        int offset = version == 5 ? HEADER + DESCRIPTOR : HEADER;
        int length = bodyLength(quote, version);
        if (length == 0 || bytes.length < offset + length) {
            return fields;
        }
        ByteString raw = ByteString.copyOf(bytes, offset, length);
        body(fields, length == EnclaveReport.LENGTH ? new EnclaveReport(raw) : new TrustDomainReport(raw));
        if (bytes.length >= offset + length + Integer.BYTES) {
            long announced = Integer.toUnsignedLong(quote.getInt(offset + length));
            fields.put("trailingBytes", bytes.length - (offset + length + Integer.BYTES + announced));
        }
        return fields;
    }

    /** Length of the report, 0 when header and descriptor do not say. */
    private static int bodyLength(ByteBuffer quote, int version) {
        int tee = quote.getInt(4);
        if (version == 5) {
            if (quote.limit() < HEADER + DESCRIPTOR) {
                return 0;
            }
            int type = Short.toUnsignedInt(quote.getShort(HEADER));
            return switch (type) {
                case 1 -> tee == 0 ? EnclaveReport.LENGTH : 0;
                case 2 -> tee == TDX ? TrustDomainReport.LENGTH_1_0 : 0;
                case BODY_TDX_1_5 -> tee == TDX ? TrustDomainReport.LENGTH_1_5 : 0;
                default -> 0;
            };
        }
        return tee == 0 ? EnclaveReport.LENGTH : tee == TDX ? TrustDomainReport.LENGTH_1_0 : 0;
    }

    private static void body(Map<String, Object> fields, ReportBody body) {
        fields.put("tee", body.tee().name());
        switch (body) {
            case EnclaveReport report -> enclave(fields, report);
            case TrustDomainReport report -> domain(fields, report);
        }
        fields.put("debug", body.debug());
        fields.put("reportData", body.reportData().hex());
    }

    private static void enclave(Map<String, Object> fields, EnclaveReport report) {
        fields.put("cpuSvn", report.cpuSvn().hex());
        fields.put("miscSelect", report.miscSelect());
        fields.put("attributes", report.attributes().hex());
        fields.put("mrEnclave", report.mrEnclave().hex());
        fields.put("mrSigner", report.mrSigner().hex());
        fields.put("isvProdId", (long) report.isvProdId());
        fields.put("isvSvn", (long) report.isvSvn());
        fields.put("isvExtProdId", report.isvExtProdId().hex());
        fields.put("isvFamilyId", report.isvFamilyId().hex());
        fields.put("configId", report.configId().hex());
        fields.put("configSvn", (long) report.configSvn());
    }

    private static void domain(Map<String, Object> fields, TrustDomainReport report) {
        fields.put("teeTcbSvn", report.teeTcbSvn().hex());
        fields.put("mrSeam", report.mrSeam().hex());
        fields.put("mrSignerSeam", report.mrSignerSeam().hex());
        fields.put("seamAttributes", report.seamAttributes().hex());
        fields.put("tdAttributes", report.tdAttributes().hex());
        fields.put("xfam", report.xfam().hex());
        fields.put("mrTd", report.mrTd().hex());
        fields.put("mrConfigId", report.mrConfigId().hex());
        fields.put("mrOwner", report.mrOwner().hex());
        fields.put("mrOwnerConfig", report.mrOwnerConfig().hex());
        fields.put("rtMr", report.rtmrs().stream().map(ByteString::hex).toList());
        report.teeTcbSvn2().ifPresent(svn -> fields.put("teeTcbSvn2", svn.hex()));
        report.mrServiceTd().ifPresent(hash -> fields.put("mrServiceTd", hash.hex()));
    }

    private static void signature(Map<String, Object> fields, QuoteSignature signature) {
        fields.put("signature", signature.signature().hex());
        fields.put("attestationKey", signature.attestationKey().hex());
        EnclaveReport qe = signature.qeReport();
        fields.put("qeCpuSvn", qe.cpuSvn().hex());
        fields.put("qeMiscSelect", qe.miscSelect());
        fields.put("qeAttributes", qe.attributes().hex());
        fields.put("qeMrEnclave", qe.mrEnclave().hex());
        fields.put("qeMrSigner", qe.mrSigner().hex());
        fields.put("qeIsvProdId", (long) qe.isvProdId());
        fields.put("qeIsvSvn", (long) qe.isvSvn());
        fields.put("qeIsvExtProdId", qe.isvExtProdId().hex());
        fields.put("qeIsvFamilyId", qe.isvFamilyId().hex());
        fields.put("qeConfigId", qe.configId().hex());
        fields.put("qeConfigSvn", (long) qe.configSvn());
        fields.put("qeReportData", qe.reportData().hex());
        fields.put("qeReportSignature", signature.qeReportSignature().hex());
        fields.put("qeAuthenticationData", signature.qeAuthenticationData().hex());
        fields.put("certificationDataType", (long) signature.certification().type());
        fields.put("certificationDataLength", (long)
                signature.certification().data().length());
    }

    private static Optional<ByteString> chain(CertificationData certification, Optional<String> beside) {
        return certification.type() == CertificationData.PCK_CHAIN
                ? Optional.of(certification.data())
                : beside.map(pem -> ByteString.copyOf(pem.getBytes(StandardCharsets.UTF_8)));
    }

    /** Also of a chain that is refused because something follows it. */
    private static Optional<PresentedPck> presentedPck(ByteString chain) {
        try {
            return Optional.of(PresentedPck.peek(chain));
        } catch (EvidenceRejected unreadable) {
            return Optional.empty();
        }
    }

    private static long u16(ByteString bytes, int offset) {
        return bytes.unsigned(offset) | bytes.unsigned(offset + 1) << 8;
    }

    private static void pck(Map<String, Object> fields, PresentedPck pck) {
        PckExtension platform = pck.platform();
        fields.put("pckIssuer", pck.issuerName());
        fields.put("fmspc", platform.fmspc().hex());
        fields.put("pceId", platform.pceId().hex());
        fields.put("ppid", platform.ppid().hex());
        platform.instanceId().ifPresent(id -> fields.put("platformInstanceId", id.hex()));
        fields.put("pckComponents", platform.components().hex());
        fields.put("pckCpuSvn", platform.cpuSvn().hex());
        fields.put("pckPceSvn", (long) platform.pceSvn());
    }
}
