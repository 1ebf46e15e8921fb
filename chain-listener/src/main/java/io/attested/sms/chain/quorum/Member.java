package io.attested.sms.chain.quorum;

import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.quorum.NodeStanding.Standing;
import io.attested.sms.chain.rpc.Node;
import io.attested.sms.chain.rpc.Purpose;
import io.attested.sms.chain.rpc.ReadFailure;
import io.attested.sms.chain.rpc.RoundTrip;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** One node of a quorum and its standing. */
final class Member {
    private static final int MOST_DOUBLINGS = 5;

    /** A branch this long does not lose by chance, so its node is worth a look. */
    private static final int NAMED_STRAYS = 3;

    /** Looks in a row: a node that starts or is busy for a moment catches up before. */
    private static final int MOST_OUT_OF_STEP = 5;

    private final Node node;
    private final InstantSource clock;
    private final Duration bench;
    private Instant benchedUntil = Instant.MIN;
    private boolean doubted;
    private int inARow;
    private long disagreements;
    private int strays;
    private long strayedAt;
    private int outOfStep;
    private boolean silent;

    Member(Node node, InstantSource clock, Duration bench) {
        this.node = node;
        this.clock = clock;
        this.bench = bench;
    }

    String name() {
        return node.name();
    }

    /** Never silent: who says nothing has no vote that could count. */
    synchronized Standing standing() {
        if (!doubted) {
            return Standing.GOOD;
        }
        return clock.instant().isBefore(benchedUntil) ? Standing.BENCHED : Standing.PROBATION;
    }

    synchronized NodeStanding told() {
        Standing standing = standing();
        return new NodeStanding(
                name(), silent && standing == Standing.GOOD ? Standing.SILENT : standing, disagreements);
    }

    /** Gives for how long it is benched; empty when it already is: that counts, and does not lengthen its time. */
    synchronized Optional<Duration> disagreed() {
        disagreements++;
        return benched();
    }

    /** It told another block than the agreed one of this height. Whether it did so at several heights in a row, anew. */
    synchronized boolean strayed(long height) {
        if (strays > 0 && height <= strayedAt) {
            return false;
        }
        strayedAt = height;
        strays++;
        if (strays < NAMED_STRAYS) {
            return false;
        }
        disagreements++;
        return true;
    }

    /** It told an agreed block. */
    synchronized void onBranch() {
        strays = 0;
    }

    /** Its head is far from the agreed one. Gives for how long it is benched when that has been so for several looks. */
    synchronized Optional<Duration> outOfStep() {
        outOfStep++;
        return outOfStep < MOST_OUT_OF_STEP ? Optional.empty() : benched();
    }

    /** Its head is near the agreed one. */
    synchronized void inStep() {
        outOfStep = 0;
    }

    private Optional<Duration> benched() {
        if (standing() == Standing.BENCHED) {
            return Optional.empty();
        }
        Duration time = bench.multipliedBy(1L << Math.min(inARow, MOST_DOUBLINGS));
        doubted = true;
        inARow++;
        benchedUntil = clock.instant().plus(time);
        return Optional.of(time);
    }

    /** Whether this ended the time on the bench. An answer given before the node was benched does not. */
    synchronized boolean agreed() {
        if (standing() != Standing.PROBATION) {
            return false;
        }
        doubted = false;
        inARow = 0;
        return true;
    }

    <T> Vote<T> ask(RoundTrip<T> trip, Purpose purpose) {
        Vote<T> vote = answer(trip, purpose);
        noteSilence(vote);
        return vote;
    }

    private synchronized void noteSilence(Vote<?> vote) {
        silent = vote instanceof Vote.Silent<?> nothing
                && switch (nothing.why().refusal()) {
                    case NONE, RATE_LIMITED -> isSilence(nothing.why().failure().kind());
                    // It answers, and would answer a smaller question or one about a newer block.
                    case TOO_MUCH, OVERSIZED, PRUNED -> false;
                };
    }

    private static boolean isSilence(ChainFailure.Kind kind) {
        return switch (kind) {
            case UNREACHABLE, TIMEOUT, MALFORMED_ANSWER, RPC_ERROR -> true;
            // It answers; what is wrong with that, others decide.
            case WRONG_CHAIN, HEAD_MOVED, STALE_HEAD, INCONSISTENT, DISAGREEMENT, UNPROVEN -> false;
        };
    }

    private <T> Vote<T> answer(RoundTrip<T> trip, Purpose purpose) {
        try {
            T value = node.ask(trip, purpose);
            return new Vote.Said<>(value, trip.canonical(value));
        } catch (ReadFailure e) {
            return new Vote.Silent<>(e);
        } catch (RuntimeException e) {
            // What a hostile answer breaks in a reader must cost that node's vote, not the whole question.
            return new Vote.Silent<>(ReadFailure.malformed(
                    "the answer cannot be read (" + e.getClass().getSimpleName() + ")"));
        }
    }

    void close() {
        node.close();
    }
}
