package io.attested.sms.attestation.quote;

import io.attested.sms.attestation.ByteString;

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

    static QuoteSignature read(LittleEndianReader in) throws LittleEndianReader.TruncatedException {
        ByteString signature = in.bytes("quote signature", 64);
        ByteString attestationKey = in.bytes("attestation key", 64);
        EnclaveReport qeReport = new EnclaveReport(in.bytes("QE report", EnclaveReport.LENGTH));
        ByteString qeReportSignature = in.bytes("QE report signature", 64);
        int authenticationLength = in.u16("QE authentication data length");
        ByteString authentication = in.bytes("QE authentication data", authenticationLength);
        int type = in.u16("certification data type");
        long length = in.u32("certification data length");
        CertificationData certification = new CertificationData(type, in.bytes("certification data", length));
        return new QuoteSignature(
                signature, attestationKey, qeReport, qeReportSignature, authentication, certification);
    }
}
