package io.attested.sms.attestation.tcb;

import static io.attested.sms.attestation.RejectionReason.QE_IDENTITY_EXPIRED;
import static io.attested.sms.attestation.RejectionReason.QE_IDENTITY_MISMATCH;
import static io.attested.sms.attestation.RejectionReason.QE_IDENTITY_NOT_YET_VALID;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.JudgedAt;
import io.attested.sms.attestation.Tee;
import io.attested.sms.attestation.collateral.JsonFields;
import io.attested.sms.attestation.quote.EnclaveReport;
import java.time.Instant;

/**
 * What Intel's quoting enclave is, version 2 (Intel PCS API v4).
 *
 * @param id "QE" for SGX, "TD_QE" for TDX
 * @param issueDate when it was issued
 * @param nextUpdate until when it may be used
 * @param miscSelect expected MISCSELECT under the mask, 4 bytes as in the report
 * @param miscSelectMask 4 bytes
 * @param attributes expected ATTRIBUTES under the mask, 16 bytes
 * @param attributesMask 16 bytes; covers DEBUG, which keeps a debug quoting enclave out
 * @param mrSigner 32 bytes
 * @param isvProdId 0 to 65535
 * @param evaluationDataNumber which evaluation of Intel's
 * @param levels what its ISVSVN says
 */
public record QeIdentity(
        String id,
        Instant issueDate,
        Instant nextUpdate,
        ByteString miscSelect,
        ByteString miscSelectMask,
        ByteString attributes,
        ByteString attributesMask,
        ByteString mrSigner,
        int isvProdId,
        int evaluationDataNumber,
        SvnLevels levels) {
    /** Reads bytes whose signature was verified. Members this verifier does not need are Intel's business. */
    public static QeIdentity read(ByteString json) throws EvidenceRejected {
        JsonFields fields = JsonFields.parse("qe_identity", json);
        fields.integer("version", 2, 2);
        return new QeIdentity(
                fields.text("id"),
                fields.instant("issueDate"),
                fields.instant("nextUpdate"),
                fields.hex("miscselect", 4),
                fields.hex("miscselectMask", 4),
                fields.hex("attributes", 16),
                fields.hex("attributesMask", 16),
                fields.hex("mrsigner", 32),
                fields.integer("isvprodid", 0, 0xffff),
                fields.integer("tcbEvaluationDataNumber", 0, Integer.MAX_VALUE),
                SvnLevels.read("quoting enclave", fields, 0xffff));
    }

    /** Requires {@code issueDate ≤ at ≤ nextUpdate}. */
    public void requireCurrent(JudgedAt at) throws EvidenceRejected {
        if (!at.isAtOrAfter(issueDate)) {
            throw new EvidenceRejected(
                    QE_IDENTITY_NOT_YET_VALID, "QE identity issueDate", "at most " + at.instant(), issueDate);
        }
        if (!at.allowsCollateralUntil(nextUpdate)) {
            throw new EvidenceRejected(
                    QE_IDENTITY_EXPIRED, "QE identity nextUpdate", "at least " + at.instant(), nextUpdate);
        }
    }

    /** Requires {@code report} to be of the quoting enclave of {@code tee} that this identity describes. */
    public void requireFor(Tee tee, EnclaveReport report) throws EvidenceRejected {
        String expectedId = tee == Tee.TDX ? "TD_QE" : "QE";
        if (!id.equals(expectedId)) {
            throw new EvidenceRejected(QE_IDENTITY_MISMATCH, "QE identity's id", expectedId, id);
        }
        ByteString seenMisc = report.raw().slice(16, 4);
        require("MISCSELECT", equalUnder(miscSelectMask, seenMisc, miscSelect), miscSelect, seenMisc);
        require(
                "ATTRIBUTES",
                equalUnder(attributesMask, report.attributes(), attributes),
                attributes,
                report.attributes());
        require("MRSIGNER", report.mrSigner().equals(mrSigner), mrSigner, report.mrSigner());
        require("ISVPRODID", report.isvProdId() == isvProdId, isvProdId, report.isvProdId());
    }

    private static boolean equalUnder(ByteString mask, ByteString seen, ByteString expected) {
        int difference = 0;
        for (int i = 0; i < mask.length(); i++) {
            difference |= (seen.unsigned(i) ^ expected.unsigned(i)) & mask.unsigned(i);
        }
        return difference == 0;
    }

    private static void require(String field, boolean holds, Object expected, Object seen) throws EvidenceRejected {
        if (!holds) {
            throw new EvidenceRejected(
                    QE_IDENTITY_MISMATCH, "quoting enclave's " + field, expected + " (QE identity)", seen);
        }
    }
}
