package io.attested.sms.operate.chain;

import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.quorum.QuorumEvents;
import io.attested.sms.chain.rpc.Purpose;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts and logs which nodes contradict the others. */
public final class NodeWatch implements QuorumEvents {
    private static final Logger LOG = LoggerFactory.getLogger(NodeWatch.class);

    private final MeterRegistry metrics;

    public NodeWatch(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    @Override
    public void disagreed(String node, Purpose purpose, Duration bench) {
        metrics.counter("sms.chain.disagreements", "node", node).increment();
        LOG.warn("chain_node_disagreed node={} purpose={} benchSeconds={}", node, Words.of(purpose), bench.toSeconds());
    }

    @Override
    public void behind(String node, long blocks, Duration bench) {
        LOG.warn("chain_node_behind node={} blocks={} benchSeconds={}", node, blocks, bench.toSeconds());
    }

    @Override
    public void returned(String node) {
        LOG.info("chain_node_returned node={}", node);
    }

    /** Each is counted by its calls already, unless what came back was no answer to them; no line, for there may be many. */
    @Override
    public void failed(String node, Purpose purpose, ChainFailure failure) {
        metrics.counter("sms.chain.node.failures", "node", node, "kind", Words.of(failure.kind()))
                .increment();
    }

    @Override
    public void split(List<String> nodes, Purpose purpose) {
        metrics.counter("sms.chain.splits").increment();
        LOG.warn("chain_nodes_split nodes={} purpose={}", nodes, Words.of(purpose));
    }
}
