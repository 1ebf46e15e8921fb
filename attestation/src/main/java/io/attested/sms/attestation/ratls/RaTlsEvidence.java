package io.attested.sms.attestation.ratls;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.RejectionReason;
import io.attested.sms.attestation.Verdict;
import io.attested.sms.attestation.Verdict.Rejected;
import io.attested.sms.attestation.Verdict.Verified;
import java.util.Optional;

/**
 * What an RA-TLS certificate presents. Nothing of it is proven before the quote is verified and {@link #bound} holds.
 *
 * @param quote to be verified as it is
 * @param form which form it came in
 * @param keyInfo the certificate's key: SubjectPublicKeyInfo, DER
 * @param expectedReportData what the quote's REPORTDATA must be, all 64 bytes
 * @param nonce of the standard form, if there: covered by the quote, so a verifier that gave one can compare it
 */
public record RaTlsEvidence(
        ByteString quote,
        RaTlsForm form,
        ByteString keyInfo,
        ByteString expectedReportData,
        Optional<ByteString> nonce) {

    /**
     * The verdict on certificate and quote together: {@code verdict}, unless it is about a quote whose REPORTDATA differs
     * in any of its 64 bytes.
     *
     * @param verdict on {@link #quote}
     */
    public Verdict bound(Verdict verdict) {
        return switch (verdict) {
            case Rejected rejected -> rejected;
            case Verified verified when verified.claims().reportData().equals(expectedReportData) -> verified;
            case Verified verified ->
                new Rejected(
                        RejectionReason.RATLS_KEY_NOT_BOUND,
                        "REPORTDATA",
                        expectedReportData + " (for the certificate's key)",
                        verified.claims().reportData().toString());
        };
    }
}
