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
 * @param collateralGrace zero or more
 */
public record JudgedAt(Instant instant, Duration collateralGrace) {
    /** Refuses a negative grace. */
    public JudgedAt {
        if (collateralGrace.isNegative()) {
            throw new IllegalArgumentException("collateral grace is " + collateralGrace + ", expected zero or more");
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
        // Subtracted from the instant: adding to a date near the end of time would overflow.
        return !instant.minus(collateralGrace).isAfter(nextUpdate);
    }
}
