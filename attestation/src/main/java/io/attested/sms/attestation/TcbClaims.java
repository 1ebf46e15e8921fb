package io.attested.sms.attestation;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How current the platform is.
 *
 * @param status of platform, module and quoting enclave together, never {@link TcbStatus#REVOKED}; empty for AMD, whose
 *     certificates carry SVNs and no opinion on them
 * @param advisories Intel's advisories that apply, sorted
 * @param advisoriesKnown whether the collateral names advisories at all: TCB info of version 2 does not, so that an empty
 *     set then says nothing; false for AMD
 * @param date {@code tcbDate} of the matched platform level; empty for AMD
 * @param outdatedSince when a better level than a matched one that is out of date was first published; empty when nothing is
 *     out of date, or when for some component that is out of date no better level is known
 */
public record TcbClaims(
        Optional<TcbStatus> status,
        SortedSet<String> advisories,
        boolean advisoriesKnown,
        Optional<Instant> date,
        Optional<Instant> outdatedSince) {
    /** Takes an unmodifiable copy of the advisories. */
    public TcbClaims {
        advisories = Collections.unmodifiableSortedSet(new TreeSet<>(advisories));
    }
}
