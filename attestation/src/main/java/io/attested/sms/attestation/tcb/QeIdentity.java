package io.attested.sms.attestation.tcb;

import static io.attested.sms.attestation.RejectionReason.QE_IDENTITY_EXPIRED;
import static io.attested.sms.attestation.RejectionReason.QE_IDENTITY_MISMATCH;
import static io.attested.sms.attestation.RejectionReason.QE_IDENTITY_NOT_YET_VALID;
import static io.attested.sms.attestation.RejectionReason.TCB_NOT_SUPPORTED;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.TcbStatus;
import io.attested.sms.attestation.collateral.JsonFields;
import io.attested.sms.attestation.quote.EnclaveReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What Intel's quoting enclave is, version 2 (Intel PCS API v4).
 *
 * @param id "QE" for SGX
 * @param issueDate when it was issued
 * @param nextUpdate until when it may be used
 * @param miscSelect expected MISCSELECT under the mask, 4 bytes as in the report
 * @param miscSelectMask 4 bytes
 * @param attributes expected ATTRIBUTES under the mask, 16 bytes
 * @param attributesMask 16 bytes; covers DEBUG, which keeps a debug quoting enclave out
 * @param mrSigner 32 bytes
 * @param isvProdId 0 to 65535
 * @param levels highest ISVSVN first
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
        List<Level> levels) {
    private static final String SGX_QE = "QE";
    private static final Set<TcbStatus> STATUSES =
            EnumSet.of(TcbStatus.UP_TO_DATE, TcbStatus.OUT_OF_DATE, TcbStatus.REVOKED);

    /**
     * One level of the quoting enclave.
     *
     * @param isvSvn the ISVSVN it asks for
     * @param level what it says
     */
    record Level(int isvSvn, TcbLevel level) {}

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
                levels(fields));
    }

    private static List<Level> levels(JsonFields fields) throws EvidenceRejected {
        List<Level> levels = new ArrayList<>();
        for (JsonFields listed : fields.objects("tcbLevels", 1, TcbLevel.MAX_LEVELS)) {
            TcbLevel level = TcbLevel.read(listed);
            if (!STATUSES.contains(level.status())) {
                throw listed.malformedMember("tcbStatus", "is no status of a quoting enclave");
            }
            levels.add(new Level(listed.object("tcb").integer("isvsvn", 0, 0xffff), level));
        }
        levels.sort(Comparator.comparingInt(Level::isvSvn).reversed());
        return List.copyOf(levels);
    }

    /** Requires {@code issueDate ≤ at ≤ nextUpdate}. */
    public void requireCurrent(Instant at) throws EvidenceRejected {
        if (at.isBefore(issueDate)) {
            throw new EvidenceRejected(
                    QE_IDENTITY_NOT_YET_VALID, "QE identity was issued at " + issueDate + ", judged at " + at);
        }
        if (at.isAfter(nextUpdate)) {
            throw new EvidenceRejected(
                    QE_IDENTITY_EXPIRED, "QE identity expired at " + nextUpdate + ", judged at " + at);
        }
    }

    /** Requires {@code report} to be of the quoting enclave this identity describes. */
    public void requireFor(EnclaveReport report) throws EvidenceRejected {
        require("id", SGX_QE.equals(id), SGX_QE, id);
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

    /** What the highest level says that the quoting enclave reaches. */
    public TcbLevel levelOf(EnclaveReport report) throws EvidenceRejected {
        for (Level level : levels) {
            if (level.isvSvn <= report.isvSvn()) {
                return level.level;
            }
        }
        throw new EvidenceRejected(
                TCB_NOT_SUPPORTED, "quoting enclave's ISVSVN " + report.isvSvn() + " is below every level");
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
                    QE_IDENTITY_MISMATCH,
                    "quoting enclave's " + field + " is " + seen + ", QE identity expects " + expected);
        }
    }
}
