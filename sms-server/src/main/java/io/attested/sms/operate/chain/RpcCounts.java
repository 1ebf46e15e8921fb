package io.attested.sms.operate.chain;

import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.rpc.Purpose;
import io.attested.sms.chain.rpc.RpcMeter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;

/** Counts what nodes are asked, apart for requests, the follower and checks. */
public final class RpcCounts implements RpcMeter {
    private static final Set<String> METHODS = Set.of(
            "eth_call",
            "eth_chainId",
            "eth_getBlockByHash",
            "eth_getBlockByNumber",
            "eth_getCode",
            "eth_getLogs",
            "eth_getProof");

    private final MeterRegistry metrics;

    public RpcCounts(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    @Override
    public void roundTrip(String node, Purpose purpose) {
        metrics.counter("sms.chain.exchanges", "node", node, "purpose", Words.of(purpose))
                .increment();
    }

    @Override
    public void called(String node, String method, Purpose purpose) {
        metrics.counter("sms.chain.calls", "node", node, "method", known(method), "purpose", Words.of(purpose))
                .increment();
    }

    @Override
    public void failed(String node, String method, Purpose purpose, ChainFailure.Kind kind) {
        String[] labels = {"node", node, "method", known(method), "purpose", Words.of(purpose), "kind", Words.of(kind)};
        metrics.counter("sms.chain.errors", labels).increment();
    }

    /** However a method comes by its name, labels stay few. */
    private static String known(String method) {
        return METHODS.contains(method) ? method : "other";
    }
}
