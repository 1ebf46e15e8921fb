package io.attested.sms.bench.soak;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.SettlementRule;
import io.attested.sms.chain.TrustLevel;
import io.attested.sms.chain.checked.CheckedChainSettings;
import io.attested.sms.chain.follow.Checkpoints;
import io.attested.sms.chain.follow.FollowSettings;
import io.attested.sms.chain.follow.FollowerEvents;
import io.attested.sms.chain.follow.Standing;
import io.attested.sms.chain.live.LiveChain;
import io.attested.sms.chain.live.LiveChainSettings;
import io.attested.sms.chain.live.LivePorts;
import io.attested.sms.chain.live.MemoryMeter;
import io.attested.sms.chain.quorum.QuorumEvents;
import io.attested.sms.chain.quorum.QuorumSettings;
import io.attested.sms.chain.rpc.HeadSubscription;
import io.attested.sms.chain.rpc.NodeSettings;
import io.attested.sms.chain.rpc.Purpose;
import io.attested.sms.chain.rpc.RpcMeter;
import io.attested.sms.chain.testbed.ScriptedNode;
import io.attested.sms.contracts.testbed.Poco;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The chain's reader as the service sets it up, over three nodes of which two must agree. */
final class Stage {
    /** Deeper than any reorganisation. */
    static final int DEPTH = 10;

    /** Longest time since the last successful look at the head. */
    static final Duration SILENCE = Duration.ofSeconds(8);

    private static final int NEEDED = 2;
    private static final int WINDOW = 64;
    private static final int TAIL = 16;
    private static final int SPAN = 100;
    /** Fewer than there are, so that some are forgotten. */
    private static final int REMEMBERED = 80;

    private Stage() {}

    static LiveChain open(List<ScriptedNode> nodes, Poco poco, Counts counts, InstantSource clock) {
        LivePorts ports = new LivePorts(
                RpcMeter.NONE, benched(counts), noticed(counts), counted(counts), Checkpoints.inMemory(), change -> {});
        return LiveChain.open(settings(nodes, poco), ports, clock);
    }

    private static LiveChainSettings settings(List<ScriptedNode> nodes, Poco poco) {
        List<NodeSettings> named = new ArrayList<>();
        for (ScriptedNode node : nodes) {
            named.add(NodeSettings.of("node-" + (named.size() + 1), node.url()).withTimeout(Duration.ofSeconds(2)));
        }
        SettlementRule rule = new SettlementRule.Depth(DEPTH);
        CheckedChainSettings checked = new CheckedChainSettings(
                named,
                new QuorumSettings(NEEDED, Duration.ofSeconds(3), Duration.ofMillis(200), Duration.ofSeconds(2)),
                TrustLevel.QUORUM,
                rule,
                poco.chainId(),
                Address.parse(poco.hub()),
                Optional.empty(),
                Optional.of(Duration.ofSeconds(30)),
                Optional.of(Duration.ofSeconds(90)));
        FollowSettings follow = new FollowSettings(
                rule,
                WINDOW,
                TAIL,
                checked.headAge(),
                checked.settledAge(),
                Duration.ofSeconds(15),
                SILENCE,
                SPAN,
                REMEMBERED);
        return new LiveChainSettings(
                checked,
                follow,
                Duration.ofMillis(500),
                List.of(HeadSubscription.Settings.of("node-1", nodes.getFirst().socketUrl(), Duration.ofSeconds(20))));
    }

    private static QuorumEvents benched(Counts counts) {
        return new QuorumEvents() {
            @Override
            public void disagreed(String node, Purpose purpose, Duration bench) {
                if (bench.isPositive()) {
                    counts.benched(node);
                }
            }

            @Override
            public void behind(String node, long blocks, Duration bench) {
                counts.benched(node);
            }

            @Override
            public void returned(String node) {}

            @Override
            public void failed(String node, Purpose purpose, ChainFailure failure) {}

            @Override
            public void split(List<String> nodes, Purpose purpose) {}
        };
    }

    private static MemoryMeter counted(Counts counts) {
        return new MemoryMeter() {
            @Override
            public void hit() {
                counts.hit();
            }

            @Override
            public void miss() {
                counts.miss();
            }
        };
    }

    private static FollowerEvents noticed(Counts counts) {
        return new FollowerEvents() {
            @Override
            public void following(Standing.Following blocks) {}

            @Override
            public void lag(long blocks, BlockRef told) {}

            @Override
            public void reorg(long depth, BlockRef abandoned, BlockRef head) {
                counts.noticed((int) depth);
            }

            @Override
            public void stopped(Standing.Stopped why) {
                counts.stopped(why.reason());
            }

            @Override
            public void caughtUp(BlockRef settled, BlockRef head) {}

            @Override
            public void gap(long from, long to) {}

            @Override
            public void fault(ChainFailure failure) {
                counts.fault(failure);
            }
        };
    }
}
