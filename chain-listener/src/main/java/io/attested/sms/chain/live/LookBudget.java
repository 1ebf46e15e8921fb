package io.attested.sms.chain.live;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How often what was not found is looked for once more, whoever asks: so many times at once, so many a second.
 *
 * <p>Safe for many threads. A clock that is set back costs no more than the time until it goes on.
 */
final class LookBudget {
    /**
     * Looks that can be taken at once when none was for a while: the workers of a large bag of tasks, who all ask as soon as
     * the block with their tasks is there. They share the looks at the head.
     */
    static final int BURST = 1000;

    /** Looks that come back each second. */
    static final int PER_SECOND = 100;

    private static final Duration OF_ONE = Duration.ofSeconds(1).dividedBy(PER_SECOND);

    private final InstantSource clock;
    private int left = BURST;
    private Instant counted = Instant.MIN;

    LookBudget(InstantSource clock) {
        this.clock = clock;
    }

    /** Takes one; whether there was one left. */
    synchronized boolean take() {
        refill(clock.instant());
        if (left == 0) {
            return false;
        }
        left--;
        return true;
    }

    private void refill(Instant now) {
        if (left == BURST || now.isBefore(counted)) {
            counted = now;
            return;
        }
        Duration whole = OF_ONE.multipliedBy(BURST);
        Duration since = Duration.between(counted, now);
        long back = since.compareTo(whole) < 0 ? since.dividedBy(OF_ONE) : BURST;
        left = (int) Math.min(BURST, left + back);
        counted = left == BURST ? now : counted.plus(OF_ONE.multipliedBy(back));
    }
}
