package io.attested.sms.secret;

import io.attested.sms.chain.Bytes32;

/** Whether a secret may be used for its asset's current owner. */
public sealed interface SecretPresence {
    /** Nobody ever pushed it. */
    record Missing() implements SecretPresence {}

    /**
     * The current owner pushed it.
     *
     * @param version number of the current value
     * @param measurementsDigest SHA-256 of the measurements file in use when it was pushed
     */
    record Usable(long version, Bytes32 measurementsDigest) implements SecretPresence {}

    /** A former owner pushed it, the current one has not: quarantined. */
    record OwnedByFormerOwner() implements SecretPresence {}
}
