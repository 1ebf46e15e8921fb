package io.attested.sms.bench.follow;

import io.attested.sms.bench.Machine;
import io.attested.sms.chain.Address;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.SettlementRule;
import io.attested.sms.chain.TrustLevel;
import io.attested.sms.chain.checked.CheckedChainSettings;
import io.attested.sms.chain.follow.Checkpoints;
import io.attested.sms.chain.follow.Checkpoints.Checkpoint;
import io.attested.sms.chain.follow.FollowSettings;
import io.attested.sms.chain.follow.FollowerEvents;
import io.attested.sms.chain.follow.Standing;
import io.attested.sms.chain.live.LiveChain;
import io.attested.sms.chain.live.LiveChainSettings;
import io.attested.sms.chain.live.LivePorts;
import io.attested.sms.chain.live.MemoryMeter;
import io.attested.sms.chain.quorum.QuorumEvents;
import io.attested.sms.chain.quorum.QuorumSettings;
import io.attested.sms.chain.rpc.NodeSettings;
import io.attested.sms.chain.rpc.RpcMeter;
import io.attested.sms.contracts.testbed.LocalChain;
import io.attested.sms.contracts.testbed.Poco;
import io.attested.sms.contracts.testbed.PocoDeployment;
import io.attested.sms.contracts.testbed.TestbedFailure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Lets a follower catch up over old blocks and then take over new ones, and measures both. */
final class Following {
    private static final int DEPTH = 10;
    private static final int WINDOW = 256;
    private static final int TAIL = 32;
    private static final int REMEMBERED = 10_000;
    private static final int MANY = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final int old;
    private final int fresh;
    private final int span;
    private final InstantSource clock;
    private final AtomicLong changes = new AtomicLong();
    private final List<FollowReport.Phase> phases = new ArrayList<>();

    /**
     * @param old settled blocks to catch up over
     * @param fresh blocks to take over one by one, and as many again {@value #MANY} at a time
     * @param span most blocks to ask events of at once
     */
    Following(int old, int fresh, int span, InstantSource clock) {
        this.old = old;
        this.fresh = fresh;
        this.span = span;
        this.clock = clock;
    }

    /** @throws TestbedFailure when the local chain cannot be had, or the follower did not do what it should */
    FollowReport run() throws InterruptedException {
        int head = old + DEPTH;
        try (LocalChain hubs = LocalChain.anvil()) {
            Poco poco = PocoDeployment.deploy(hubs);
            try (NodeProcess node = NodeProcess.start(hubs.url(), poco, head + 2 * fresh)) {
                HeadControl control = new HeadControl(node.url());
                Bytes32 first = control.head(0);
                control.head(head);
                measure(node, poco, control, new Checkpoint(0, first));
            }
        }
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("eventsInEachBlock", SyntheticChain.EVENTS);
        settings.put("transfersAmongThem", SyntheticChain.TRANSFERS);
        settings.put("mostBlocksOfEventsAtOnce", span);
        settings.put("nodes", 1);
        settings.put("depth", DEPTH);
        return new FollowReport(Machine.here(), List.copyOf(phases), settings);
    }

    private void measure(NodeProcess node, Poco poco, HeadControl control, Checkpoint from)
            throws InterruptedException {
        Meter meter = Meter.start(node);
        try (LiveChain chain = LiveChain.open(settings(node, poco), ports(from), clock)) {
            long head = old + DEPTH;
            await(chain, head);
            phases.add(meter.phase("catching up from a checkpoint", old));
            require(changes.get() == (long) SyntheticChain.TRANSFERS * old, "changes of owners: " + changes);
            follow(chain, control, 1, "following block by block", node);
            follow(chain, control, Math.min(MANY, fresh), "following, many new blocks", node);
        }
    }

    private void follow(LiveChain chain, HeadControl control, int step, String name, NodeProcess node)
            throws InterruptedException {
        Meter meter = Meter.start(node);
        long start = head(chain).orElseThrow().number();
        for (long done = step; done <= fresh; done += step) {
            control.head(Math.toIntExact(start + done));
            await(chain, start + done);
        }
        long taken = head(chain).orElseThrow().number() - start;
        phases.add(meter.phase(name + " (" + step + ")", taken));
        require(
                changes.get() == SyntheticChain.TRANSFERS * (start + taken - DEPTH),
                "changes of owners after following: " + changes);
    }

    private static void await(LiveChain chain, long head) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (head(chain).filter(at -> at.number() == head).isEmpty()) {
            require(System.nanoTime() < deadline, "the follower stands at " + chain.standing());
            chain.look();
        }
    }

    private static Optional<BlockRef> head(LiveChain chain) {
        return chain.standing() instanceof Standing.Following following
                ? Optional.of(following.head())
                : Optional.empty();
    }

    private LiveChainSettings settings(NodeProcess node, Poco poco) {
        SettlementRule rule = new SettlementRule.Depth(DEPTH);
        CheckedChainSettings checked = new CheckedChainSettings(
                List.of(NodeSettings.of("synthetic", node.url()).withTimeout(Duration.ofSeconds(30))),
                new QuorumSettings(1, Duration.ofSeconds(60), Duration.ZERO, Duration.ofSeconds(1)),
                TrustLevel.SINGLE_NODE,
                rule,
                poco.chainId(),
                Address.parse(poco.hub()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        FollowSettings follow = new FollowSettings(
                rule,
                WINDOW,
                TAIL,
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(15),
                Duration.ofMinutes(5),
                span,
                REMEMBERED);
        return new LiveChainSettings(checked, follow, Duration.ofSeconds(1), List.of());
    }

    private LivePorts ports(Checkpoint from) {
        Checkpoints checkpoints = Checkpoints.inMemory();
        checkpoints.save(from);
        return new LivePorts(
                RpcMeter.NONE,
                QuorumEvents.NONE,
                FollowerEvents.NONE,
                MemoryMeter.NONE,
                checkpoints,
                change -> changes.incrementAndGet());
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new TestbedFailure(otherwise);
        }
    }
}
