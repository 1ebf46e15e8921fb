package io.attested.sms.attestation.source;

import io.attested.sms.attestation.amd.SnpCollateral;

/** What asking for what goes with a guest's report came to. */
public sealed interface AmdAnswer {
    /**
     * Collateral that passed the checks.
     *
     * @param stale whether its revocation list's nextUpdate is past, so that only a grace allows its use
     */
    record Found(SnpCollateral collateral, boolean stale) implements AmdAnswer {}

    /**
     * Nothing usable.
     *
     * @param detail one line for a person; names no chip
     */
    record Unavailable(CollateralAnswer.Reason reason, String detail) implements AmdAnswer {}
}
