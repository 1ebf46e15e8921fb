package io.attested.sms.attestation.source;

/** What asking for collateral came to. */
public sealed interface CollateralAnswer {
    /**
     * Checked collateral.
     *
     * @param stale whether its nextUpdate is past, so that only a grace allows its use
     */
    record Found(CheckedCollateral checked, boolean stale) implements CollateralAnswer {}

    /**
     * Nothing usable: an outage, never a statement about the platform.
     *
     * @param detail one line for a person
     */
    record Unavailable(Reason reason, String detail) implements CollateralAnswer {}

    /** Why there is nothing. */
    enum Reason {
        /** The source does not answer, or not in time. */
        UNREACHABLE,
        /** The source answered, but not with collateral that passes the checks. */
        WRONG_ANSWER,
        /** The source does not know the platform. */
        UNKNOWN_PLATFORM,
        /** The source failed repeatedly and is left alone for a while. */
        CIRCUIT_OPEN,
        /** Too many platforms were new within the hour. */
        BOUND_REACHED,
        /** Too many requests wait for a fetch already. */
        TOO_MANY_WAITING,
        /** No source is configured beside the bundle, which does not hold the platform or has run out. */
        NO_SOURCE
    }
}
