package io.attested.sms.boot;

import io.attested.sms.chain.checked.CheckedChain;
import io.attested.sms.chain.checked.CheckedChainSettings;
import io.attested.sms.chain.follow.Standing;
import io.attested.sms.chain.live.LiveChain;
import io.attested.sms.chain.live.LiveChainSettings;
import io.attested.sms.chain.live.LivePorts;
import io.attested.sms.chain.quorum.NodeStanding;
import io.attested.sms.chain.rpc.NodeSettings;
import io.attested.sms.operate.chain.ChainSight;
import io.attested.sms.operate.chain.FollowerWatch;
import io.attested.sms.operate.chain.LookupCounts;
import io.attested.sms.operate.chain.NodeWatch;
import io.attested.sms.operate.chain.OwnershipWatch;
import io.attested.sms.operate.chain.RpcCounts;
import io.attested.sms.operate.store.jdbc.OpenStore;
import io.attested.sms.operate.store.jdbc.StoredCheckpoints;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The followed chain: which nodes, what is kept of it, who watches it. */
@Configuration(proxyBeanMethods = false)
class ChainWiring {
    /** Proof that nodes and hub are those of the settings; a store is opened only then, because it is stamped with them. */
    record Checked() {}

    @Bean
    LiveChainSettings liveChainSettings(SmsSettings settings, StartGate.Passed checked) {
        return ChainTerms.of(settings);
    }

    @Bean
    CheckedChainSettings checkedChainSettings(LiveChainSettings settings) {
        return settings.checked();
    }

    @Bean
    RpcCounts rpcCounts(MeterRegistry metrics) {
        return new RpcCounts(metrics);
    }

    @Bean
    NodeWatch nodeWatch(MeterRegistry metrics) {
        return new NodeWatch(metrics);
    }

    @Bean
    FollowerWatch followerWatch(MeterRegistry metrics, InstantSource clock) {
        return new FollowerWatch(metrics, clock);
    }

    @Bean
    Checked chainChecked(CheckedChainSettings settings, RpcCounts counts, NodeWatch nodes, InstantSource clock) {
        CheckedChain.open(settings, counts, nodes, clock).close();
        return new Checked();
    }

    @Bean
    StoredCheckpoints checkpoints(OpenStore store, CheckedChainSettings settings, InstantSource clock) {
        return new StoredCheckpoints(store.database().jdbc(), store.log(), settings.chainId(), settings.hub(), clock);
    }

    @Bean
    LiveChain chain(
            LiveChainSettings settings,
            RpcCounts counts,
            NodeWatch nodes,
            FollowerWatch follower,
            StoredCheckpoints checkpoints,
            MeterRegistry metrics,
            InstantSource clock) {
        LivePorts ports = new LivePorts(
                counts, nodes, follower, new LookupCounts(metrics), checkpoints, new OwnershipWatch(metrics));
        return LiveChain.open(settings, ports, clock);
    }

    @Bean
    ChainSight chainSight(LiveChain chain, CheckedChainSettings settings, InstantSource clock) {
        return new ChainSight(
                new ChainSight.Terms(
                        settings.level(), settings.rule(), settings.quorum().needed()),
                chain::standing,
                chain::nodes,
                clock);
    }

    @Bean
    MeterBinder chainMeters(ChainSight sight, LiveChain chain, FollowerWatch follower, CheckedChainSettings settings) {
        return metrics -> {
            Gauge.builder("sms.chain.head", sight, ChainSight::headNumber).register(metrics);
            Gauge.builder("sms.chain.settled", sight, ChainSight::settledNumber).register(metrics);
            Gauge.builder("sms.chain.head.age.seconds", sight, ChainSight::headAgeSeconds)
                    .register(metrics);
            Gauge.builder("sms.chain.settled.age.seconds", sight, ChainSight::settledAgeSeconds)
                    .register(metrics);
            Gauge.builder("sms.chain.lag.blocks", follower, FollowerWatch::lagBlocks)
                    .register(metrics);
            Gauge.builder("sms.chain.remembered", chain, LiveChain::remembered).register(metrics);
            settings.nodes().forEach(node -> node(node, sight, metrics));
            for (Standing.Reason reason : Standing.Reason.values()) {
                stopped(reason, sight, metrics);
            }
        };
    }

    private static void node(NodeSettings node, ChainSight sight, MeterRegistry metrics) {
        Gauge.builder("sms.chain.node.benched", sight, seen -> is(seen, node, NodeStanding.Standing.BENCHED))
                .tag("node", node.name())
                .register(metrics);
        Gauge.builder("sms.chain.node.silent", sight, seen -> is(seen, node, NodeStanding.Standing.SILENT))
                .tag("node", node.name())
                .register(metrics);
    }

    private static int is(ChainSight sight, NodeSettings node, NodeStanding.Standing standing) {
        return sight.node(node.name()).equals(Optional.of(standing)) ? 1 : 0;
    }

    private static void stopped(Standing.Reason reason, ChainSight sight, MeterRegistry metrics) {
        Gauge.builder("sms.chain.stopped", sight, seen -> seen.stopped().equals(Optional.of(reason)) ? 1 : 0)
                .tag("reason", ChainSight.word(reason))
                .register(metrics);
    }
}
