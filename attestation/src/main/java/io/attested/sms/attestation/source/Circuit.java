package io.attested.sms.attestation.source;

import java.time.Duration;
import java.time.Instant;

/**
 * Leaves a source alone after failures in a row: closed, then open for a time that doubles up to a limit, then one trial.
 */
final class Circuit {
    private static final int FAILURES = 5;
    private static final Duration FIRST_OPEN = Duration.ofSeconds(30);
    private static final Duration LONGEST_OPEN = Duration.ofMinutes(10);

    private int failures;
    private Duration nextOpen = FIRST_OPEN;
    private Instant openUntil = Instant.MIN;
    private boolean onTrial;

    /** Whether a request may go out now. While open, one caller after the pause gets the trial. */
    synchronized boolean admits(Instant now) {
        if (failures < FAILURES) {
            return true;
        }
        if (onTrial || now.isBefore(openUntil)) {
            return false;
        }
        onTrial = true;
        return true;
    }

    /** The source answered, with whatever. */
    synchronized void answered() {
        failures = 0;
        onTrial = false;
        nextOpen = FIRST_OPEN;
    }

    /** Nobody was asked after all. */
    synchronized void undecided() {
        onTrial = false;
    }

    /** The source did not answer. */
    synchronized void failed(Instant now) {
        onTrial = false;
        failures = Math.min(failures + 1, FAILURES);
        if (failures == FAILURES) {
            openUntil = now.plus(nextOpen);
            Duration doubled = nextOpen.multipliedBy(2);
            nextOpen = doubled.compareTo(LONGEST_OPEN) > 0 ? LONGEST_OPEN : doubled;
        }
    }

    synchronized boolean isOpen() {
        return failures == FAILURES;
    }
}
