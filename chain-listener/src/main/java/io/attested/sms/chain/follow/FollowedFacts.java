package io.attested.sms.chain.follow;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.HeadFacts;
import io.attested.sms.chain.follow.Standing.Following;
import io.attested.sms.chain.follow.Standing.Reason;
import io.attested.sms.chain.follow.Standing.Stopped;
import io.attested.sms.chain.rpc.BlockHeader;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What is known of the chain without asking it: where it stands and the facts in memory.
 *
 * <p>Guarantee: an answer is what a reading at the block it names gives, as far as the headers and the readings that were
 * handed in are true; each answer is of one branch; whatever {@link #standing()} says, the answers obey. No call asks a
 * node or blocks. Safe for many threads. Caller's duty: hand in only what was read at a block pinned by its hash.
 */
public final class FollowedFacts {
    private final FollowSettings settings;
    private final InstantSource clock;
    private final Memories memories;
    private final Object lock = new Object();
    private Optional<Ancestry> branch = Optional.empty();
    private Optional<Reason> stop = Optional.of(Reason.STARTING);
    private Instant seen = Instant.MIN;

    FollowedFacts(Watched watched, FollowSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.memories = new Memories(watched, settings.remembered());
    }

    /** Whether decisions can be made now; looks at the clock each time. */
    public Standing standing() {
        synchronized (lock) {
            return standingNow();
        }
    }

    /** A task with rights at the settled block and vetoes at the head. */
    public TaskAnswer task(Bytes32 id) {
        return task(id, blocks -> blocks);
    }

    /** A task with the head as both blocks, for what releases nothing. */
    public TaskAnswer taskAtHead(Bytes32 id) {
        return task(id, blocks -> new Following(blocks.head(), blocks.head()));
    }

    private TaskAnswer task(Bytes32 id, Function<Following, Following> which) {
        synchronized (lock) {
            return switch (standingNow()) {
                case Stopped why -> new TaskAnswer.Stopped(why);
                case Following blocks -> memories.task(id, which.apply(blocks), settings.rule());
            };
        }
    }

    /** What can take a right away from a task, at the head. A miss is answered by a reading of the task at that block. */
    public Answer<HeadFacts> vetoes(Bytes32 id) {
        return answer(Side.HEAD, (memory, block) -> memory.vetoes(id, block));
    }

    /** Who owns a registered asset; empty for nobody. */
    public Answer<Optional<Address>> owner(Address asset, Side side) {
        return answer(side, (memory, block) -> memory.owner(asset, block));
    }

    /** How much of a dataset's order is consumed; closing it consumes all of its volume. */
    public Answer<BigInteger> consumed(Bytes32 datasetOrder, Side side) {
        return answer(side, (memory, block) -> memory.consumed(datasetOrder, block));
    }

    private <T> Answer<T> answer(Side side, BiFunction<Memories, BlockRef, Optional<T>> question) {
        synchronized (lock) {
            return switch (standingNow()) {
                case Stopped why -> new Answer.Stopped<>(why);
                case Following blocks -> {
                    BlockRef block = side.of(blocks);
                    Optional<T> found = question.apply(memories, block);
                    yield found.isPresent() ? new Answer.Known<>(found.get(), block) : new Answer.Miss<>(block);
                }
            };
        }
    }

    /** Takes in readings of tasks, in any order of blocks; tells the worst of what became of them. */
    public Learned learned(List<TaskReading> readings) {
        synchronized (lock) {
            // The latest first: that an earlier block lacks a task is only remembered next to a later one that has it.
            return readings.stream()
                    .sorted(Comparator.comparingLong(
                                    (TaskReading reading) -> reading.block().number())
                            .reversed())
                    .map(reading -> onBranch(known -> memories.learn(known, reading)))
                    .max(Enum::compareTo)
                    .orElse(Learned.KEPT);
        }
    }

    /**
     * Takes in who owns an asset.
     *
     * @param registered whether one of the hub's registries knows the asset; nothing else is remembered
     */
    public Learned learnedOwner(BlockRef at, Address asset, Optional<Address> owner, boolean registered) {
        return onBranch(known -> memories.learnOwner(known, at, asset, owner, registered));
    }

    /** Takes in how much of a dataset's order is consumed. */
    public Learned learnedConsumed(BlockRef at, Bytes32 datasetOrder, BigInteger consumed) {
        return onBranch(known -> memories.learnConsumed(known, at, datasetOrder, consumed));
    }

    private Learned onBranch(Function<Ancestry, Learned> learning) {
        synchronized (lock) {
            return branch.map(learning).orElse(Learned.NOT_OF_THE_BRANCH);
        }
    }

    private Standing standingNow() {
        Optional<BlockRef> settled = branch.map(known -> known.settled().ref());
        Optional<BlockRef> head = branch.map(known -> known.head().ref());
        if (stop.isEmpty() && settled.isPresent() && head.isPresent()) {
            Optional<Reason> stale = stale(settled.get(), head.get());
            return stale.isPresent()
                    ? new Stopped(stale.get(), settled, head)
                    : new Following(settled.get(), head.get());
        }
        return new Stopped(stop.orElse(Reason.STARTING), settled, head);
    }

    private Optional<Reason> stale(BlockRef settled, BlockRef head) {
        Instant now = clock.instant();
        if (head.time().isAfter(now.plus(settings.ahead()))) {
            return Optional.of(Reason.HEAD_FROM_FUTURE);
        }
        if (seen.isBefore(now.minus(settings.silence()))) {
            return Optional.of(Reason.SILENT);
        }
        if (older(head, settings.headAge(), now)) {
            return Optional.of(Reason.STALE_HEAD);
        }
        return older(settled, settings.settledAge(), now) ? Optional.of(Reason.STALE_SETTLED) : Optional.empty();
    }

    private static boolean older(BlockRef block, Optional<Duration> age, Instant now) {
        return age.filter(most -> block.time().isBefore(now.minus(most))).isPresent();
    }

    /** What is known was the chain's state when the head was asked for at this instant. */
    void seen(Instant asked) {
        synchronized (lock) {
            seen = asked;
        }
    }

    /** The header of a block that is on the followed branch now. */
    public Optional<BlockHeader> header(BlockRef block) {
        synchronized (lock) {
            return branch.flatMap(known -> known.at(block.number()))
                    .filter(header -> header.hash().equals(block.hash()));
        }
    }

    /** Everything that was read is forgotten; the branch is not. */
    public void forgetFacts() {
        synchronized (lock) {
            memories.each(FactMemory::clear);
        }
    }

    /** How many tasks, owners, orders and deals are in memory. */
    public int remembered() {
        synchronized (lock) {
            return memories.size();
        }
    }

    Optional<Ancestry> branch() {
        synchronized (lock) {
            return branch;
        }
    }

    /** Follows this piece of the chain from now on, remembering nothing. */
    void open(Ancestry known) {
        synchronized (lock) {
            memories.each(FactMemory::clear);
            branch = Optional.of(known);
            stop = Optional.empty();
        }
    }

    /**
     * The branch leaves what is known above {@code fork}, or goes on from the head.
     *
     * @param settled height of the block that is settled from now on, unless a higher one was before
     */
    void graft(long fork, List<BlockHeader> path, long settled) {
        synchronized (lock) {
            Ancestry known = branch.orElseThrow();
            Ancestry grown = known.graft(fork, path);
            if (fork < known.head().number()) {
                memories.each(memory -> memory.cutAbove(fork));
            }
            path.forEach(block -> memories.each(memory -> memory.extend(block)));
            branch = Optional.of(grown);
            if (settled > grown.settled().number()) {
                settle(settled);
            }
        }
    }

    /** The block of this height is settled. */
    void settle(long number) {
        synchronized (lock) {
            Ancestry known = branch.orElseThrow().settle(number, settings.tail());
            memories.each(memory -> memory.dropBelow(known.base().number()));
            branch = Optional.of(known);
        }
    }

    /** Nothing is served until {@link #resume} or {@link #open}. */
    void stop(Reason reason) {
        synchronized (lock) {
            stop = Optional.of(reason);
        }
    }

    /** What is known counts again. */
    void resume() {
        synchronized (lock) {
            stop = Optional.empty();
        }
    }

    /** Nothing is known any more. */
    void forget(Reason reason) {
        synchronized (lock) {
            memories.each(FactMemory::clear);
            branch = Optional.empty();
            stop = Optional.of(reason);
        }
    }
}
