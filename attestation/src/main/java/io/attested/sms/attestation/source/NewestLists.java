package io.attested.sms.attestation.source;

import io.attested.sms.attestation.pki.PckAuthority;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The newest revocation lists seen, apart from the collateral they came with: what a list revokes is revoked for every
 * platform, whoever's answer brought it. Holds verified lists only; a newer one is never replaced by an older one.
 */
final class NewestLists {
    private final Map<PckAuthority, AuthorityList> authorities = new EnumMap<>(PckAuthority.class);
    private Optional<RootList> root = Optional.empty();

    synchronized Optional<RootList> root() {
        return root;
    }

    synchronized Optional<AuthorityList> of(PckAuthority authority) {
        return Optional.ofNullable(authorities.get(authority));
    }

    /** Takes a list unless one at hand is as new. Returns whether it was taken. */
    synchronized boolean take(RootList list) {
        if (root.isPresent()
                && !list.validity().from().isAfter(root.get().validity().from())) {
            return false;
        }
        root = Optional.of(list);
        return true;
    }

    /** Whether no list of this CA at hand is as new. */
    synchronized boolean lacks(AuthorityList list) {
        return of(list.authority())
                .filter(held -> !list.validity().from().isAfter(held.validity().from()))
                .isEmpty();
    }

    synchronized void take(AuthorityList list) {
        if (lacks(list)) {
            authorities.put(list.authority(), list);
        }
    }
}
