package io.attested.sms.operate;

import io.attested.sms.attestation.TrustRoot;
import io.attested.sms.audit.AuditLog;
import io.attested.sms.audit.LogHead;
import io.attested.sms.operate.chain.ChainSight;
import io.attested.sms.session.DecisionContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** How the service is: the chain as it reads it, the log's head, the realm and what evidence is believed. */
public final class ServiceHealth {
    private final ChainSight chain;
    private final AuditLog log;
    private final DecisionContext context;
    private final String trustRoot;
    private final String p256Provider;
    private final CollateralState collateral;
    private final Serving serving;

    /**
     * Whether requests are taken, and pushes among them; asked for each report.
     *
     * @param outOfService whether the operator's switch keeps requests out
     * @param usableBytes space that the store's disk has left
     * @param reserveBytes space below which pushes are not taken
     */
    public record Serving(BooleanSupplier outOfService, LongSupplier usableBytes, long reserveBytes) {}

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
            CollateralState collateral,
            Serving serving) {
        this.chain = chain;
        this.log = log;
        this.context = context;
        this.trustRoot = trustRoot;
        this.p256Provider = p256Provider;
        this.collateral = collateral;
        this.serving = serving;
    }

    /**
     * {@code status} is {@code up}, or {@code degraded} while what is known of the chain allows no decision, requests
     * are kept out, or the disk has no room for pushes. No node is asked: a node that hangs is reported, not waited for.
     */
    public Map<String, Object> report() {
        LogHead head = log.head();
        Map<String, Object> report = new LinkedHashMap<>();
        boolean out = serving.outOfService().getAsBoolean();
        long usable = serving.usableBytes().getAsLong();
        boolean full = usable < serving.reserveBytes();
        report.put("status", chain.following() && !out && !full ? "up" : "degraded");
        report.put("outOfService", out);
        report.put("realm", context.realm());
        report.put("trustRoot", trustRoot);
        report.put("simulatedEvidenceTrusted", !trustRoot.equals(TrustRoot.INTEL));
        report.put("p256Provider", p256Provider);
        report.put("chainTrust", context.trustLevel());
        report.put("measurementsDigest", context.measurementsDigest().toString());
        report.put("policyDigest", context.policyDigest().toString());
        report.put("collateral", collateral.report());
        report.put("store", Map.of("usableBytes", usable, "takesPushes", !full));
        report.put("chain", chain.report());
        report.put(
                "log", Map.of("sequence", head.sequence(), "head", head.hash().toString()));
        return report;
    }
}
