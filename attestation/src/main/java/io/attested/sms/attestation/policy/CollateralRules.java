package io.attested.sms.attestation.policy;

import java.time.Duration;

/**
 * What is asked of the collateral that a verdict rests on.
 *
 * @param revocationChecked whether a revocation list must have been there for every certificate
 * @param grace how long TCB info, QE identity and revocation lists may be used after their next update was due, zero to a
 *     year; what they revoke stays revoked
 */
public record CollateralRules(boolean revocationChecked, Duration grace) {
    /** Refuses an impossible grace by {@link IllegalArgumentException}. */
    public CollateralRules {
        Grace.require("collateral grace", grace);
    }

    /** Revocation checked, no grace. */
    public static CollateralRules strict() {
        return new CollateralRules(true, Duration.ZERO);
    }

    /** The same with another grace. */
    public CollateralRules withGrace(Duration time) {
        return new CollateralRules(revocationChecked, time);
    }
}
