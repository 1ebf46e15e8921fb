package io.attested.sms.chain.follow;

import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.SettlementRule.Depth;
import io.attested.sms.chain.SettlementRule.Tag;
import io.attested.sms.chain.follow.Standing.Following;
import io.attested.sms.chain.follow.Standing.Reason;
import io.attested.sms.chain.follow.Standing.Stopped;
import io.attested.sms.chain.rpc.BlockHeader;
import io.attested.sms.chain.rpc.LogSpan;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Follows a chain in steps: each {@link #step} asks for the head, takes over what is new, and settles what is due.
 *
 * <p>Guarantee: {@link #facts()} is one branch without gap at all times, or serves nothing. A step that fails leaves it as
 * it was, and the clock makes it stale. One thread takes the steps; there is none inside. An exception of the checkpoints
 * or of the listener leaves a step as an exception, and the next step does the rest.
 */
public final class ChainFollower {
    private final FollowSettings settings;
    private final FollowerPorts ports;
    private final InstantSource clock;
    private final FollowedFacts facts;
    private final Headers headers;
    private final Transfers transfers;
    private final Delivery delivery;
    private final Start start;
    private Optional<Reason> told = Optional.empty();
    private Optional<Instant> behindSince = Optional.empty();

    private ChainFollower(
            FollowSettings settings, FollowerPorts ports, InstantSource clock, FollowedFacts facts, Watched watched) {
        this.settings = settings;
        this.ports = ports;
        this.clock = clock;
        this.facts = facts;
        this.headers = new Headers(ports.blocks());
        this.transfers = new Transfers(ports.logs(), watched, new LogSpan(settings.logSpan()));
        this.delivery = new Delivery(ports.changes(), ports.checkpoints());
        this.start = new Start(settings, ports, headers, transfers, delivery);
    }

    /** Knows nothing until the first steps. */
    public static ChainFollower of(Watched watched, FollowSettings settings, FollowerPorts ports, InstantSource clock) {
        return new ChainFollower(settings, ports, clock, new FollowedFacts(watched, settings, clock), watched);
    }

    /** Whether to take the next step at once. */
    public enum Pace {
        /** There is more to do. */
        AGAIN,
        /** Nothing to do before the head moves or some time has passed. */
        REST
    }

    /** What is known, for those who decide. */
    public FollowedFacts facts() {
        return facts;
    }

    /** Asks the chain and takes over what is new. */
    public Pace step() {
        try {
            return stepped();
        } catch (Unreadable unreadable) {
            ports.events().fault(unreadable.failure());
            return Pace.REST;
        } finally {
            announce();
        }
    }

    private Pace stepped() throws Unreadable {
        Instant asked = clock.instant();
        BlockHeader head = headers.head();
        if (head.time().isAfter(clock.instant().plus(settings.ahead()))) {
            ports.events()
                    .fault(new ChainFailure(
                            Kind.INCONSISTENT,
                            "block " + head.number() + " is of " + head.time() + ", later than now"));
            pause(Reason.HEAD_FROM_FUTURE);
            return Pace.REST;
        }
        Optional<Ancestry> branch = facts.branch();
        Pace pace = branch.isPresent() ? follow(branch.get(), head) : start(head);
        if (head.number() >= branch.map(known -> known.head().number()).orElse(0L)) {
            // A head below the known one tells nothing of what has happened since.
            facts.seen(asked);
        }
        return pace;
    }

    /**
     * Whether the nodes have stayed below a settled block for so long that they will not come back to it: either they
     * told of a branch that never was, or the chain was started anew. Their present branch is believed then, as far as its
     * blocks are young enough.
     */
    private boolean lost() {
        Instant now = clock.instant();
        Instant since = behindSince.orElse(now);
        behindSince = Optional.of(since);
        if (now.isBefore(since.plus(settings.settledAge().orElse(settings.silence())))) {
            return false;
        }
        behindSince = Optional.empty();
        start.anew();
        delivery.clear();
        return true;
    }

    private Pace start(BlockHeader head) throws Unreadable {
        return switch (start.step(head)) {
            case Start.Progress.Onwards _ -> Pace.AGAIN;
            case Start.Progress.Replaced _ -> {
                facts.stop(Reason.REORG_BELOW_SETTLED);
                yield Pace.AGAIN;
            }
            case Start.Progress.Not not -> {
                if (not.why() == Reason.BEHIND_SETTLED && lost()) {
                    yield Pace.AGAIN;
                }
                pause(not.why());
                yield Pace.REST;
            }
            case Start.Progress.Ready ready -> {
                facts.open(ready.branch());
                ports.events()
                        .caughtUp(
                                ready.branch().settled().ref(),
                                ready.branch().head().ref());
                yield Pace.REST;
            }
        };
    }

    private Pace follow(Ancestry branch, BlockHeader head) throws Unreadable {
        ports.events().lag(head.number() - branch.head().number(), head.ref());
        if (head.number() < branch.settled().number()) {
            if (lost()) {
                ports.events()
                        .reorg(
                                branch.head().number() - head.number(),
                                branch.head().ref(),
                                head.ref());
                facts.forget(Reason.REORG_BELOW_SETTLED);
                return Pace.AGAIN;
            }
            pause(Reason.BEHIND_SETTLED);
            return Pace.REST;
        }
        behindSince = Optional.empty();
        if (!branch.holds(head.number(), head.hash())) {
            if (head.number() - branch.settled().number() > 2L * settings.window()) {
                start.from(branch.settled());
                facts.forget(Reason.STARTING);
                return Pace.AGAIN;
            }
            Optional<Headers.Path> path = headers.path(branch, head);
            if (path.isEmpty() || path.get().fork() < branch.settled().number()) {
                return abandon(
                        branch,
                        head,
                        path.map(Headers.Path::fork).orElse(branch.base().number()));
            }
            takeOver(branch, path.get());
        }
        facts.resume();
        settle();
        delivery.settle(facts.branch().orElseThrow().settled());
        restartUnlessSettling();
        return Pace.REST;
    }

    /** Nothing that was read counts for sure when a settled block is gone. */
    private Pace abandon(Ancestry branch, BlockHeader head, long fork) {
        ports.events().reorg(branch.head().number() - fork, branch.head().ref(), head.ref());
        start.from(branch.settled());
        delivery.clear();
        facts.forget(Reason.REORG_BELOW_SETTLED);
        return Pace.AGAIN;
    }

    private void takeOver(Ancestry branch, Headers.Path path) throws Unreadable {
        Map<Long, List<OwnershipChanges.Change>> changes = transfers.in(path.blocks());
        long depth = branch.head().number() - path.fork();
        if (depth > 0) {
            delivery.cutAbove(path.fork());
            ports.events()
                    .reorg(depth, branch.head().ref(), path.blocks().getLast().ref());
        }
        delivery.stage(changes);
        facts.graft(path.fork(), path.blocks(), dueAt(path.blocks().getLast()));
    }

    /** Height that a new head settles by itself: both move at once, so that no decision sees them further apart. */
    private long dueAt(BlockHeader head) {
        return switch (settings.rule()) {
            case Depth depth -> head.number() - depth.blocks();
            case Tag _ -> 0;
        };
    }

    private void settle() throws Unreadable {
        Ancestry branch = facts.branch().orElseThrow();
        Optional<BlockHeader> due = due(branch);
        if (due.isPresent() && due.get().number() > branch.settled().number()) {
            facts.settle(due.get().number());
        }
    }

    private void restartUnlessSettling() {
        Ancestry now = facts.branch().orElseThrow();
        if (now.head().number() - now.settled().number() > settings.window()) {
            start.from(now.settled());
            facts.forget(Reason.NOT_SETTLING);
        }
    }

    private Optional<BlockHeader> due(Ancestry branch) throws Unreadable {
        return switch (settings.rule()) {
            case Depth depth -> branch.at(branch.head().number() - depth.blocks());
            case Tag tag -> {
                BlockHeader tagged = headers.tagged(tag.name());
                Optional<BlockHeader> ours = branch.at(tagged.number());
                if (ours.isPresent() && !ours.get().hash().equals(tagged.hash())) {
                    throw new Unreadable(
                            Kind.HEAD_MOVED, "the " + tag.name() + " block is not on the branch that is followed");
                }
                yield ours;
            }
        };
    }

    /** That a settled block was abandoned is not forgotten for a lesser reason. */
    private void pause(Reason why) {
        boolean abandoned =
                facts.standing() instanceof Stopped stopped && stopped.reason() == Reason.REORG_BELOW_SETTLED;
        if (!abandoned) {
            facts.stop(why);
        }
    }

    private void announce() {
        switch (facts.standing()) {
            case Following blocks -> {
                told = Optional.empty();
                ports.events().following(blocks);
            }
            case Stopped stopped -> {
                if (!told.equals(Optional.of(stopped.reason()))) {
                    told = Optional.of(stopped.reason());
                    ports.events().stopped(stopped);
                }
            }
        }
    }
}
