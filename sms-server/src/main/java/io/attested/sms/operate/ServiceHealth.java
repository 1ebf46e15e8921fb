package io.attested.sms.operate;

import io.attested.sms.attestation.TrustRoot;
import io.attested.sms.audit.AuditLog;
import io.attested.sms.audit.LogHead;
import io.attested.sms.operate.chain.ChainSight;
import io.attested.sms.session.DecisionContext;
import java.util.LinkedHashMap;
import java.util.Map;

/** How the service is: the chain as it reads it, the log's head, the realm and what evidence is believed. */
public final class ServiceHealth {
    private final ChainSight chain;
    private final AuditLog log;
    private final DecisionContext context;
    private final String trustRoot;
    private final String p256Provider;
    private final CollateralState collateral;

    /**
     * @param trustRoot name of the root that evidence must chain to
     * @param p256Provider who verifies the signatures of evidence
     */
    public ServiceHealth(
            ChainSight chain,
            AuditLog log,
            DecisionContext context,
            String trustRoot,
            String p256Provider,
            CollateralState collateral) {
        this.chain = chain;
        this.log = log;
        this.context = context;
        this.trustRoot = trustRoot;
        this.p256Provider = p256Provider;
        this.collateral = collateral;
    }

    /**
     * {@code status} is {@code up}, or {@code degraded} while what is known of the chain allows no decision. No node is
     * asked: a node that hangs is reported, not waited for.
     */
    public Map<String, Object> report() {
        LogHead head = log.head();
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("status", chain.following() ? "up" : "degraded");
        report.put("realm", context.realm());
        report.put("trustRoot", trustRoot);
        report.put("simulatedEvidenceTrusted", !trustRoot.equals(TrustRoot.INTEL));
        report.put("p256Provider", p256Provider);
        report.put("chainTrust", context.trustLevel());
        report.put("measurementsDigest", context.measurementsDigest().toString());
        report.put("policyDigest", context.policyDigest().toString());
        report.put("collateral", collateral.report());
        report.put("chain", chain.report());
        report.put(
                "log", Map.of("sequence", head.sequence(), "head", head.hash().toString()));
        return report;
    }
}
