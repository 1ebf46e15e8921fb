package io.attested.sms.attestation.tcb;

import static io.attested.sms.attestation.RejectionReason.TCB_INFO_EXPIRED;
import static io.attested.sms.attestation.RejectionReason.TCB_INFO_MISMATCH;
import static io.attested.sms.attestation.RejectionReason.TCB_INFO_NOT_YET_VALID;
import static io.attested.sms.attestation.RejectionReason.TCB_NOT_SUPPORTED;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.collateral.JsonFields;
import io.attested.sms.attestation.pki.PckExtension;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The TCB info of one platform model, version 2 or 3 (Intel PCS API v3, v4).
 *
 * @param id "SGX" or "TDX"; version 2 knows SGX only and does not say it
 * @param issueDate when it was issued
 * @param nextUpdate until when it may be used
 * @param fmspc the platform's model, 6 bytes
 * @param pceId 2 bytes
 * @param evaluationDataNumber which evaluation of Intel's
 * @param levels highest first
 */
public record TcbInfo(
        String id,
        Instant issueDate,
        Instant nextUpdate,
        ByteString fmspc,
        ByteString pceId,
        int evaluationDataNumber,
        List<PlatformLevel> levels) {
    private static final String SGX = "SGX";

    /** Reads bytes whose signature was verified. Members this verifier does not need are Intel's business. */
    public static TcbInfo read(ByteString json) throws EvidenceRejected {
        JsonFields fields = JsonFields.parse("tcb_info", json);
        int version = fields.integer("version", 2, 3);
        fields.integer("tcbType", 0, 0);
        List<PlatformLevel> levels = new ArrayList<>();
        for (JsonFields level : fields.objects("tcbLevels", 1, TcbLevel.MAX_LEVELS)) {
            levels.add(PlatformLevel.read(level, version));
        }
        levels.sort(PlatformLevel.HIGHEST_FIRST);
        return new TcbInfo(
                version == 2 ? SGX : fields.text("id"),
                fields.instant("issueDate"),
                fields.instant("nextUpdate"),
                fields.hex("fmspc", 6),
                fields.hex("pceId", 2),
                fields.integer("tcbEvaluationDataNumber", 0, Integer.MAX_VALUE),
                List.copyOf(levels));
    }

    /** Requires {@code issueDate ≤ at ≤ nextUpdate}. */
    public void requireCurrent(Instant at) throws EvidenceRejected {
        if (at.isBefore(issueDate)) {
            throw new EvidenceRejected(
                    TCB_INFO_NOT_YET_VALID, "TCB info was issued at " + issueDate + ", judged at " + at);
        }
        if (at.isAfter(nextUpdate)) {
            throw new EvidenceRejected(TCB_INFO_EXPIRED, "TCB info expired at " + nextUpdate + ", judged at " + at);
        }
    }

    /** Requires the TCB info to be for SGX and for this platform's model. */
    public void requireFor(PckExtension platform) throws EvidenceRejected {
        require("id", SGX, id);
        require("fmspc", platform.fmspc(), fmspc);
        require("pceId", platform.pceId(), pceId);
    }

    /** What the highest level says that the platform reaches. */
    public TcbLevel levelOf(PckExtension platform) throws EvidenceRejected {
        for (PlatformLevel level : levels) {
            if (level.matches(platform)) {
                return level.level();
            }
        }
        throw new EvidenceRejected(
                TCB_NOT_SUPPORTED,
                "platform with components " + platform.components() + " and PCESVN " + platform.pceSvn()
                        + " is below every TCB level");
    }

    private static <T> void require(String member, T expected, T seen) throws EvidenceRejected {
        if (!seen.equals(expected)) {
            throw new EvidenceRejected(
                    TCB_INFO_MISMATCH, "TCB info's " + member + " is " + seen + ", expected " + expected);
        }
    }
}
