package io.attested.sms.attestation.tcb;

import static io.attested.sms.attestation.RejectionReason.TCB_INFO_EXPIRED;
import static io.attested.sms.attestation.RejectionReason.TCB_INFO_MISMATCH;
import static io.attested.sms.attestation.RejectionReason.TCB_INFO_NOT_YET_VALID;
import static io.attested.sms.attestation.RejectionReason.TDX_MODULE_MISMATCH;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.JudgedAt;
import io.attested.sms.attestation.Tee;
import io.attested.sms.attestation.collateral.JsonFields;
import io.attested.sms.attestation.pki.PckExtension;
import io.attested.sms.attestation.quote.TrustDomainReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The TCB info of one platform model, version 2 or 3 (Intel PCS API v3, v4).
 *
 * @param id "SGX" or "TDX"; version 2 knows SGX only and does not say it
 * @param issueDate when it was issued
 * @param nextUpdate until when it may be used
 * @param fmspc the platform's model, 6 bytes
 * @param pceId 2 bytes
 * @param namesAdvisories whether its levels name the advisories that apply to them; version 2 knows none
 * @param evaluationDataNumber which evaluation of Intel's
 * @param firstModule TDX: the module of version 0
 * @param modules TDX: the modules of later versions
 * @param levels highest first
 */
public record TcbInfo(
        String id,
        Instant issueDate,
        Instant nextUpdate,
        ByteString fmspc,
        ByteString pceId,
        boolean namesAdvisories,
        int evaluationDataNumber,
        Optional<TdxModule> firstModule,
        List<TdxModule> modules,
        List<PlatformLevel> levels) {
    private static final String SGX = "SGX";
    private static final String TDX = "TDX";

    /** Reads bytes whose signature was verified. Members this verifier does not need are Intel's business. */
    public static TcbInfo read(ByteString json) throws EvidenceRejected {
        JsonFields fields = JsonFields.parse("tcb_info", json);
        int version = fields.integer("version", 2, 3);
        String id = version == 2 ? SGX : fields.text("id");
        boolean tdx = id.equals(TDX);
        fields.integer("tcbType", 0, 0);
        List<PlatformLevel> levels = new ArrayList<>();
        for (JsonFields level : fields.objects("tcbLevels", 1, TcbLevel.MAX_LEVELS)) {
            levels.add(PlatformLevel.read(level, version, tdx));
        }
        levels.sort(PlatformLevel.HIGHEST_FIRST);
        return new TcbInfo(
                id,
                fields.instant("issueDate"),
                fields.instant("nextUpdate"),
                fields.hex("fmspc", 6),
                fields.hex("pceId", 2),
                version > 2,
                fields.integer("tcbEvaluationDataNumber", 0, Integer.MAX_VALUE),
                tdx ? Optional.of(TdxModule.readFirst(fields.object("tdxModule"))) : Optional.empty(),
                tdx ? TdxModule.readIdentities(fields) : List.of(),
                List.copyOf(levels));
    }

    /** Requires {@code issueDate ≤ at ≤ nextUpdate}. */
    public void requireCurrent(JudgedAt at) throws EvidenceRejected {
        if (!at.isAtOrAfter(issueDate)) {
            throw new EvidenceRejected(
                    TCB_INFO_NOT_YET_VALID, "TCB info issueDate", "at most " + at.instant(), issueDate);
        }
        if (!at.allowsCollateralUntil(nextUpdate)) {
            throw new EvidenceRejected(TCB_INFO_EXPIRED, "TCB info nextUpdate", "at least " + at.instant(), nextUpdate);
        }
    }

    /** Requires the TCB info to be for this kind of TEE and for this platform's model. */
    public void requireFor(Tee tee, PckExtension platform) throws EvidenceRejected {
        require("id", tee == Tee.TDX ? TDX : SGX, id);
        require("fmspc", platform.fmspc(), fmspc);
        require("pceId", platform.pceId(), pceId);
    }

    /** Requires the domain's TDX module to be one that this TCB info describes. */
    public void requireModuleOf(TrustDomainReport report) throws EvidenceRejected {
        int version = report.teeTcbSvn().unsigned(1);
        Optional<TdxModule> module = version == 0 ? firstModule : module(version);
        module.orElseThrow(() -> new EvidenceRejected(
                        TDX_MODULE_MISMATCH,
                        "TDX module",
                        "one of " + modules.stream().map(TdxModule::id).toList(),
                        TdxModule.idOf(version)))
                .requireFor(report);
    }

    Optional<TdxModule> module(int version) {
        String wanted = TdxModule.idOf(version);
        return modules.stream().filter(module -> module.id().equals(wanted)).findFirst();
    }

    private static <T> void require(String member, T expected, T seen) throws EvidenceRejected {
        if (!seen.equals(expected)) {
            throw new EvidenceRejected(TCB_INFO_MISMATCH, "TCB info's " + member, expected, seen);
        }
    }
}
