package io.attested.sms.attestation.quote;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.RejectionReason;

/**
 * The signature data of a quote.
 *
 * @param signature r‖s over the quote's signed bytes by the attestation key, 64 bytes, big-endian numbers
 * @param attestationKey x‖y, 64 bytes, big-endian numbers; not yet known to be a point of the curve
 * @param qeReport the quoting enclave's own report
 * @param qeReportSignature r‖s over that report by the platform's PCK key, 64 bytes
 * @param qeAuthenticationData any length; the QE's report data covers it
 * @param certification how the platform's certificate is named
 */
public record QuoteSignature(
        ByteString signature,
        ByteString attestationKey,
        EnclaveReport qeReport,
        ByteString qeReportSignature,
        ByteString qeAuthenticationData,
        CertificationData certification) {

    private static final int QE_REPORT_CERTIFICATION = 6;

    /** Version 3: the parts stand one after another. */
    static QuoteSignature readPlain(LittleEndianReader in) throws EvidenceRejected {
        ByteString signature = in.bytes("quote signature", 64);
        ByteString attestationKey = in.bytes("attestation key", 64);
        return readCertified(in, signature, attestationKey);
    }

    /** Versions 4 and 5: everything after the attestation key is wrapped in certification data of type 6. */
    static QuoteSignature readWrapped(LittleEndianReader in) throws EvidenceRejected {
        ByteString signature = in.bytes("quote signature", 64);
        ByteString attestationKey = in.bytes("attestation key", 64);
        int type = in.u16("outer certification data type");
        if (type != QE_REPORT_CERTIFICATION) {
            throw new EvidenceRejected(
                    RejectionReason.MALFORMED_QUOTE, "outer certification data type", QE_REPORT_CERTIFICATION, type);
        }
        LittleEndianReader inside = in.part("outer certification data", in.u32("outer certification data length"));
        in.requireEnd("signature data");
        return readCertified(inside, signature, attestationKey);
    }

    private static QuoteSignature readCertified(LittleEndianReader in, ByteString signature, ByteString attestationKey)
            throws EvidenceRejected {
        EnclaveReport qeReport = new EnclaveReport(in.bytes("QE report", EnclaveReport.LENGTH));
        ByteString qeReportSignature = in.bytes("QE report signature", 64);
        int authenticationLength = in.u16("QE authentication data length");
        ByteString authentication = in.bytes("QE authentication data", authenticationLength);
        int type = in.u16("certification data type");
        long length = in.u32("certification data length");
        CertificationData certification = new CertificationData(type, in.bytes("certification data", length));
        in.requireEnd("signature data");
        certification.requireFixedLength();
        return new QuoteSignature(
                signature, attestationKey, qeReport, qeReportSignature, authentication, certification);
    }
}
