package io.attested.sms.worker.verify;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.Claims;
import io.attested.sms.attestation.SgxClaims;
import io.attested.sms.attestation.SnpClaims;
import io.attested.sms.attestation.TcbStatus;
import io.attested.sms.attestation.TdxClaims;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Verified claims by the names under which they are shown. */
public final class ClaimFields {
    private ClaimFields() {}

    /** Every claim, in a fixed order; what the kind of TEE does not have is left out. */
    public static Map<String, Object> of(Claims claims) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("tee", claims.tee().name());
        switch (claims.code()) {
            case SgxClaims sgx -> sgx(fields, sgx);
            case TdxClaims tdx -> tdx(fields, tdx);
            case SnpClaims snp -> snp(fields, snp);
        }
        fields.put("debug", claims.debug());
        fields.put("reportData", claims.reportData().hex());
        claims.tcb().status().map(TcbStatus::text).ifPresent(status -> fields.put("tcbStatus", status));
        fields.put("advisoryIds", List.copyOf(claims.tcb().advisories()));
        fields.put("advisoriesKnown", claims.tcb().advisoriesKnown());
        text(fields, "tcbDate", claims.tcb().date());
        text(fields, "outdatedSince", claims.tcb().outdatedSince());
        text(fields, "fmspc", claims.platform().fmspc());
        text(fields, "ppidHash", claims.platform().ppidHash());
        text(fields, "instanceIdHash", claims.platform().instanceIdHash());
        text(fields, "chipIdHash", claims.platform().chipIdHash());
        number(fields, "tcbEvaluationDataNumber", claims.collateral().tcbEvaluationDataNumber());
        number(fields, "qeEvaluationDataNumber", claims.collateral().qeEvaluationDataNumber());
        text(fields, "collateralIssuedAt", claims.collateral().issuedAt());
        fields.put("earliestExpiry", claims.collateral().earliestExpiry().toString());
        fields.put("revocationChecked", claims.collateral().revocationChecked());
        fields.put("trailingBytes", (long) claims.trailingBytes());
        return fields;
    }

    private static void sgx(Map<String, Object> fields, SgxClaims sgx) {
        fields.put("mrEnclave", sgx.mrEnclave().hex());
        fields.put("mrSigner", sgx.mrSigner().hex());
        fields.put("isvProdId", (long) sgx.isvProdId());
        fields.put("isvSvn", (long) sgx.isvSvn());
        fields.put("attributes", sgx.attributes().hex() + sgx.xfrm().hex());
        fields.put("xfrm", sgx.xfrm().hex());
        fields.put("miscSelect", sgx.miscSelect());
        fields.put("kss", sgx.kss());
        fields.put("configId", sgx.configId().hex());
        fields.put("configSvn", (long) sgx.configSvn());
        fields.put("isvExtProdId", sgx.isvExtProdId().hex());
        fields.put("isvFamilyId", sgx.isvFamilyId().hex());
    }

    private static void tdx(Map<String, Object> fields, TdxClaims tdx) {
        fields.put("mrTd", tdx.mrTd().hex());
        fields.put("rtMr", tdx.rtmrs().stream().map(ByteString::hex).toList());
        fields.put("mrConfigId", tdx.mrConfigId().hex());
        fields.put("mrOwner", tdx.mrOwner().hex());
        fields.put("mrOwnerConfig", tdx.mrOwnerConfig().hex());
        fields.put("tdAttributes", tdx.tdAttributes().hex());
        fields.put("xfam", tdx.xfam().hex());
        fields.put("mrSeam", tdx.mrSeam().hex());
        fields.put("mrSignerSeam", tdx.mrSignerSeam().hex());
        fields.put("teeTcbSvn", tdx.teeTcbSvn().hex());
        text(fields, "teeTcbSvn2", tdx.teeTcbSvn2());
        text(fields, "mrServiceTd", tdx.mrServiceTd());
    }

    private static void snp(Map<String, Object> fields, SnpClaims snp) {
        fields.put("product", snp.product().text());
        fields.put("signingKey", snp.signingKey().name());
        fields.put("measurement", snp.measurement().hex());
        fields.put("hostData", snp.hostData().hex());
        fields.put("idKeyDigest", snp.idKeyDigest().hex());
        fields.put("authorKeyDigest", snp.authorKeyDigest().hex());
        fields.put("familyId", snp.familyId().hex());
        fields.put("imageId", snp.imageId().hex());
        fields.put("guestSvn", snp.guestSvn());
        fields.put("policy", "0x" + Long.toHexString(snp.policy()));
        fields.put("migrationAgentAllowed", snp.migrationAgentAllowed());
        fields.put("vmpl", (long) snp.vmpl());
        fields.put("reportId", snp.reportId().hex());
        fields.put("reportedTcb", snp.reportedTcb().hex());
        fields.put("reportVersion", (long) snp.version());
    }

    private static void text(Map<String, Object> fields, String name, Optional<?> value) {
        value.ifPresent(present -> fields.put(name, present.toString()));
    }

    private static void number(Map<String, Object> fields, String name, Optional<Integer> value) {
        value.ifPresent(present -> fields.put(name, (long) present));
    }
}
