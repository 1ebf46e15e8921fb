package io.attested.sms.chain.follow;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import java.util.Set;

/**
 * Which events are asked for.
 *
 * @param addresses any of these contracts, at least one
 * @param firstTopics any of these events, at least one
 */
public record LogFilter(Set<Address> addresses, Set<Bytes32> firstTopics) {
    /**
     * Copies the sets.
     *
     * @throws IllegalArgumentException when one is empty: an empty place would stand for everything
     */
    public LogFilter {
        addresses = Set.copyOf(addresses);
        firstTopics = Set.copyOf(firstTopics);
        if (addresses.isEmpty() || firstTopics.isEmpty()) {
            throw new IllegalArgumentException("a filter names at least one contract and one event");
        }
    }

    /** Whether the event is one of those. */
    public boolean matches(ChainLog log) {
        return addresses.contains(log.address())
                && !log.topics().isEmpty()
                && firstTopics.contains(log.topics().getFirst());
    }
}
