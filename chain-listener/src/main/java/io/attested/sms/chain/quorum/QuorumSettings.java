package io.attested.sms.chain.quorum;

import java.time.Duration;

/**
 * How many nodes must agree, and how long that may take.
 *
 * @param needed nodes that must say the same; more than half of all, otherwise two groups could agree on two answers
 * @param deadline for one question; positive
 * @param grace how much longer, once enough nodes have told the same highest head, the others may take to tell theirs;
 *     and how long nodes in good standing are waited for before others count and benched ones are asked
 * @param bench how long a node is not asked after it disagreed, doubled each time it does so again without agreeing in
 *     between; positive
 */
public record QuorumSettings(int needed, Duration deadline, Duration grace, Duration bench) {
    /** Time for one question unless told otherwise. */
    public static final Duration STANDARD_DEADLINE = Duration.ofSeconds(6);

    /** Patience with the slower heads unless told otherwise. */
    public static final Duration STANDARD_GRACE = Duration.ofMillis(300);

    /** Time on the bench unless told otherwise. */
    public static final Duration STANDARD_BENCH = Duration.ofSeconds(30);

    /** @throws IllegalArgumentException when a value is out of its range */
    public QuorumSettings {
        if (needed < 1 || !deadline.isPositive() || grace.isNegative() || !bench.isPositive()) {
            throw new IllegalArgumentException(
                    "expected at least one node needed, a positive deadline and bench, and no negative grace");
        }
    }

    /** The standard times. */
    public static QuorumSettings of(int needed) {
        return new QuorumSettings(needed, STANDARD_DEADLINE, STANDARD_GRACE, STANDARD_BENCH);
    }

    /** As {@link System#nanoTime} tells. */
    long deadlineFromNow() {
        return System.nanoTime() + deadline.toNanos();
    }

    /** The end of a time of grace that begins now, or the deadline if that is earlier. */
    long graceBefore(long until) {
        return Math.min(until, System.nanoTime() + grace.toNanos());
    }
}
