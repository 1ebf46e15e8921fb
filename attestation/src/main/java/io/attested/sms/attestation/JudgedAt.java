package io.attested.sms.attestation;

import java.time.Duration;
import java.time.Instant;

/**
 * When evidence is judged, and how long collateral may be used after it ran out.
 *
 * <p>The grace is for TCB info, QE identity and revocation lists whose {@code nextUpdate} is past because nobody could
 * fetch newer ones. It never extends a certificate, and nothing that a list or a level says becomes weaker by it.
 *
 * @param instant the one instant of all checks
 * @param collateralGrace zero to {@link #MAX_GRACE}
 */
public record JudgedAt(Instant instant, Duration collateralGrace) {
    /** The longest grace, a leap year: what is older tells nothing of today. */
    public static final Duration MAX_GRACE = Duration.ofDays(366);

    /** Refuses a negative grace and one longer than {@link #MAX_GRACE}, by {@link IllegalArgumentException}. */
    public JudgedAt {
        if (collateralGrace.isNegative() || collateralGrace.compareTo(MAX_GRACE) > 0) {
            throw new IllegalArgumentException(
                    "collateral grace is " + collateralGrace + ", expected zero to " + MAX_GRACE);
        }
    }

    /** Judged at {@code instant} without grace. */
    public static JudgedAt exactly(Instant instant) {
        return new JudgedAt(instant, Duration.ZERO);
    }

    /** Whether something that begins at {@code start} has begun. */
    public boolean isAtOrAfter(Instant start) {
        return !instant.isBefore(start);
    }

    /** Whether collateral whose next update is due at {@code nextUpdate} may still be used. */
    public boolean allowsCollateralUntil(Instant nextUpdate) {
        // Compared as a difference: a date near the end of time would overflow when something is added to it.
        return Duration.between(nextUpdate, instant).compareTo(collateralGrace) <= 0;
    }
}
