package io.attested.sms.chain.follow;

import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.SettlementRule;
import io.attested.sms.chain.SettlementRule.Depth;
import io.attested.sms.chain.follow.ChainFollower.Pace;
import io.attested.sms.chain.follow.Standing.Following;
import io.attested.sms.chain.follow.Standing.Stopped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A follower on a fake chain, a clock, and what the follower told. */
final class Rig implements Checkpoints, OwnershipChanges, FollowerEvents {
    private static final int ENOUGH = 10_000;

    final FakeChain chain;
    final FollowSettings settings;
    final List<Change> changes = new ArrayList<>();
    final List<Long> reorgs = new ArrayList<>();
    final List<Long> lags = new ArrayList<>();
    final List<Standing.Reason> stops = new ArrayList<>();
    final List<ChainFailure> faults = new ArrayList<>();
    final List<String> gaps = new ArrayList<>();
    Optional<Checkpoint> saved = Optional.empty();
    int caughtUp;
    volatile boolean storeBroken;
    /** After the head's time; the clock goes with the chain unless it is set. */
    Duration late = Duration.ZERO;

    Optional<Instant> now = Optional.empty();
    ChainFollower follower;

    Rig(FakeChain chain, FollowSettings settings) {
        this.chain = chain;
        this.settings = settings;
        this.follower = fresh();
    }

    static FollowSettings settings(SettlementRule rule) {
        return new FollowSettings(
                rule,
                100,
                8,
                Optional.of(Duration.ofSeconds(30)),
                Optional.of(Duration.ofMinutes(10)),
                Duration.ofSeconds(15),
                Duration.ofDays(1),
                50,
                1000);
    }

    /** For a chain that mines on demand: only that nodes answer at all is asked for. */
    static FollowSettings ageless(SettlementRule rule, Duration silence) {
        return new FollowSettings(
                rule, 100, 8, Optional.empty(), Optional.empty(), Duration.ofSeconds(15), silence, 50, 1000);
    }

    static Rig atDepth(int depth) {
        FakeChain chain = new FakeChain();
        chain.mine(200);
        Rig rig = new Rig(chain, settings(new Depth(depth)));
        rig.run();
        return rig;
    }

    private ChainFollower fresh() {
        return ChainFollower.of(
                new Watched(Names.HUB, Set.of(Names.APPS, Names.DATASETS)),
                settings,
                new FollowerPorts(chain, chain, this, this, this),
                () -> now.orElseGet(() -> chain.top().time()).plus(late));
    }

    /** The same store, nothing in memory. */
    void restart() {
        follower = fresh();
    }

    /** Steps until there is nothing more to do. */
    void run() {
        int steps = 0;
        while (follower.step() == Pace.AGAIN) {
            if (++steps > ENOUGH) {
                throw new AssertionError("the follower does not come to rest");
            }
        }
    }

    FollowedFacts facts() {
        return follower.facts();
    }

    Following following() {
        return switch (facts().standing()) {
            case Following blocks -> blocks;
            case Stopped stopped -> throw new AssertionError("stopped: " + stopped);
        };
    }

    Standing.Reason stopped() {
        return switch (facts().standing()) {
            case Following blocks -> throw new AssertionError("following: " + blocks);
            case Stopped stopped -> stopped.reason();
        };
    }

    /** Answers misses by fresh readings until memory answers. */
    TaskAnswer ask(String task) {
        Bytes32 id = Names.word(task);
        TaskAnswer answer = facts().task(id);
        if (answer instanceof TaskAnswer.Miss miss) {
            facts().learned(miss.read().stream().map(at -> chain.read(task, at)).toList());
            answer = facts().task(id);
        }
        return answer;
    }

    FollowedTask known(String task) {
        return switch (ask(task)) {
            case TaskAnswer.Known known -> known.facts();
            case TaskAnswer other -> throw new AssertionError("not known: " + other);
        };
    }

    @Override
    public Optional<Checkpoint> load() {
        return saved;
    }

    @Override
    public void save(Checkpoint checkpoint) {
        if (storeBroken) {
            throw new IllegalStateException("the store is broken");
        }
        saved = Optional.of(checkpoint);
    }

    @Override
    public void changed(Change change) {
        changes.add(change);
    }

    @Override
    public void following(Following blocks) {}

    @Override
    public void lag(long blocks, BlockRef told) {
        lags.add(blocks);
    }

    @Override
    public void reorg(long depth, BlockRef abandoned, BlockRef head) {
        reorgs.add(depth);
    }

    @Override
    public void stopped(Stopped why) {
        stops.add(why.reason());
    }

    @Override
    public void caughtUp(BlockRef settled, BlockRef head) {
        caughtUp++;
    }

    @Override
    public void gap(long from, long to) {
        gaps.add(from + "-" + to);
    }

    @Override
    public void fault(ChainFailure failure) {
        faults.add(failure);
    }
}
