package io.attested.sms.operate;

import io.attested.sms.attestation.TrustRoot;
import io.attested.sms.audit.AuditLog;
import io.attested.sms.audit.LogHead;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.ChainState;
import io.attested.sms.chain.ChainView;
import io.attested.sms.session.DecisionContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** How the service is: the chain as it reads it, the log's head, the realm and what evidence is believed. */
public final class ServiceHealth {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final ChainState SLOW = new ChainState.Unavailable(
            new ChainFailure(ChainFailure.Kind.TIMEOUT, "the node has not answered within a second"));

    private final ChainView chain;
    private final AuditLog log;
    private final DecisionContext context;
    private final String trustRoot;
    private final String p256Provider;
    private final CollateralState collateral;
    private final AtomicReference<CompletableFuture<ChainState>> looking =
            new AtomicReference<>(CompletableFuture.completedFuture(SLOW));

    /**
     * @param trustRoot name of the root that evidence must chain to
     * @param p256Provider who verifies the signatures of evidence
     */
    public ServiceHealth(
            ChainView chain,
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
     * {@code status} is {@code up}, or {@code degraded} while the chain cannot be read. Answers within a second: a node
     * that hangs is reported, not waited for.
     */
    public Map<String, Object> report() {
        ChainState state = chainWithinPatience();
        LogHead head = log.head();
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("status", state instanceof ChainState.Ready ? "up" : "degraded");
        report.put("realm", context.realm());
        report.put("trustRoot", trustRoot);
        report.put("simulatedEvidenceTrusted", !trustRoot.equals(TrustRoot.INTEL));
        report.put("p256Provider", p256Provider);
        report.put("chainTrust", context.trustLevel());
        report.put("measurementsDigest", context.measurementsDigest().toString());
        report.put("policyDigest", context.policyDigest().toString());
        report.put("collateral", collateral.report());
        report.put("chain", chain(state));
        report.put(
                "log", Map.of("sequence", head.sequence(), "head", head.hash().toString()));
        return report;
    }

    private ChainState chainWithinPatience() {
        try {
            return look().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            return SLOW;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return SLOW;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the chain's state could not be told", e.getCause());
        }
    }

    /** One question at a time, however many ask for health: anonymous requests put no load on the node. */
    private CompletableFuture<ChainState> look() {
        CompletableFuture<ChainState> mine = new CompletableFuture<>();
        CompletableFuture<ChainState> running =
                looking.accumulateAndGet(mine, (present, next) -> present.isDone() ? next : present);
        if (running == mine) {
            Thread.ofVirtual().name("health-chain").start(() -> mine.completeAsync(chain::state, Runnable::run));
        }
        return running;
    }

    private static Map<String, Object> chain(ChainState state) {
        return switch (state) {
            case ChainState.Ready(BlockRef head, BlockRef settled) ->
                Map.of("head", head.number(), "headTime", head.time().toString(), "settled", settled.number());
            case ChainState.Unavailable(var failure) -> Map.of("unavailable", failure.kind());
        };
    }
}
