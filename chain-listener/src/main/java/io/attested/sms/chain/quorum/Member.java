package io.attested.sms.chain.quorum;

import io.attested.sms.chain.quorum.NodeStanding.Standing;
import io.attested.sms.chain.rpc.Node;
import io.attested.sms.chain.rpc.Purpose;
import io.attested.sms.chain.rpc.ReadFailure;
import io.attested.sms.chain.rpc.RoundTrip;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** One node of a quorum and its standing. */
final class Member {
    private static final int MOST_DOUBLINGS = 5;

    private final Node node;
    private final InstantSource clock;
    private final Duration bench;
    private Instant benchedUntil = Instant.MIN;
    private boolean doubted;
    private int inARow;
    private long disagreements;

    Member(Node node, InstantSource clock, Duration bench) {
        this.node = node;
        this.clock = clock;
        this.bench = bench;
    }

    String name() {
        return node.name();
    }

    synchronized Standing standing() {
        if (!doubted) {
            return Standing.GOOD;
        }
        return clock.instant().isBefore(benchedUntil) ? Standing.BENCHED : Standing.PROBATION;
    }

    synchronized NodeStanding told() {
        return new NodeStanding(name(), standing(), disagreements);
    }

    /** Gives for how long. Answers to questions asked before the node was benched count, and do not lengthen its time. */
    synchronized Duration disagreed() {
        if (standing() == Standing.BENCHED) {
            disagreements++;
            return Duration.between(clock.instant(), benchedUntil);
        }
        Duration time = bench.multipliedBy(1L << Math.min(inARow, MOST_DOUBLINGS));
        doubted = true;
        inARow++;
        disagreements++;
        benchedUntil = clock.instant().plus(time);
        return time;
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
