package io.attested.sms.attestation.policy;

import java.time.Duration;

/** The bounds of a grace period. */
final class Grace {
    static final Duration MAX = Duration.ofDays(365);

    private Grace() {}

    /** Whole days as {@code P14D}, which {@link Duration#toString} writes as {@code PT336H}. */
    static String text(Duration grace) {
        return grace.equals(Duration.ofDays(grace.toDays())) && !grace.isZero()
                ? "P" + grace.toDays() + "D"
                : grace.toString();
    }

    static void require(String name, Duration grace) {
        if (!isPossible(grace)) {
            throw new IllegalArgumentException(name + " is " + grace + ", expected zero to " + MAX);
        }
    }

    static boolean isPossible(Duration grace) {
        return !grace.isNegative() && grace.compareTo(MAX) <= 0;
    }
}
