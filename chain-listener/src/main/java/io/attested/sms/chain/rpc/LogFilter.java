package io.attested.sms.chain.rpc;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which events are asked for.
 *
 * @param addresses any of these contracts; empty for all
 * @param topics for each place any of these; an empty set for all
 */
public record LogFilter(Set<Address> addresses, List<Set<Bytes32>> topics) {
    /** Copies the sets. */
    public LogFilter {
        addresses = Set.copyOf(addresses);
        topics = topics.stream().map(Set::copyOf).toList();
    }

    /** Whether the event is one of those. */
    public boolean matches(Log log) {
        if (!addresses.isEmpty() && !addresses.contains(log.address())) {
            return false;
        }
        if (log.topics().size() < topics.size()) {
            return false;
        }
        for (int i = 0; i < topics.size(); i++) {
            if (!topics.get(i).isEmpty() && !topics.get(i).contains(log.topics().get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether the block may hold such an event. */
    public boolean mayMatch(LogsBloom bloom) {
        return (addresses.isEmpty() || addresses.stream().anyMatch(bloom::mayContain))
                && topics.stream().allMatch(any -> any.isEmpty() || any.stream().anyMatch(bloom::mayContain));
    }

    Map<String, Object> json(Map<String, Object> blocks) {
        Map<String, Object> filter = new LinkedHashMap<>(blocks);
        if (!addresses.isEmpty()) {
            filter.put(
                    "address", addresses.stream().map(Address::value).sorted().toList());
        }
        List<Object> places = new ArrayList<>();
        for (Set<Bytes32> any : topics) {
            // An empty list stands for any topic, as null does, and fits a list that takes no nulls.
            places.add(any.stream().map(Bytes32::value).sorted().toList());
        }
        if (!places.isEmpty()) {
            filter.put("topics", places);
        }
        return filter;
    }
}
