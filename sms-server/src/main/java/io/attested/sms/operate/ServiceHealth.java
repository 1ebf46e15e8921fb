package io.attested.sms.operate;

import io.attested.sms.attestation.TrustRoot;
import io.attested.sms.audit.AuditLog;
import io.attested.sms.audit.LogHead;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.ChainState;
import io.attested.sms.chain.ChainView;
import io.attested.sms.session.DecisionContext;
import java.util.LinkedHashMap;
import java.util.Map;

/** How the service is: the chain as it reads it, the log's head, the realm and what evidence is believed. */
public final class ServiceHealth {
    private final ChainView chain;
    private final AuditLog log;
    private final DecisionContext context;
    private final String trustRoot;

    /** @param trustRoot name of the root that evidence must chain to */
    public ServiceHealth(ChainView chain, AuditLog log, DecisionContext context, String trustRoot) {
        this.chain = chain;
        this.log = log;
        this.context = context;
        this.trustRoot = trustRoot;
    }

    /** {@code status} is {@code up}, or {@code degraded} while the chain cannot be read. */
    public Map<String, Object> report() {
        ChainState state = chain.state();
        LogHead head = log.head();
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("status", state instanceof ChainState.Ready ? "up" : "degraded");
        report.put("realm", context.realm());
        report.put("trustRoot", trustRoot);
        report.put("simulatedEvidenceTrusted", !trustRoot.equals(TrustRoot.INTEL));
        report.put("chainTrust", context.trustLevel());
        report.put("measurementsDigest", context.measurementsDigest().toString());
        report.put("chain", chain(state));
        report.put(
                "log", Map.of("sequence", head.sequence(), "head", head.hash().toString()));
        return report;
    }

    private static Map<String, Object> chain(ChainState state) {
        return switch (state) {
            case ChainState.Ready(BlockRef head, BlockRef settled) ->
                Map.of("head", head.number(), "headTime", head.time().toString(), "settled", settled.number());
            case ChainState.Unavailable(var failure) -> Map.of("unavailable", failure.kind());
        };
    }
}
