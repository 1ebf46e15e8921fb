package io.attested.sms.bench.follow;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * One made-up event.
 *
 * @param contract who logs it
 * @param topics its kind and its subjects
 * @param data {@code 0x} and digits
 */
record SyntheticEvent(Address contract, List<Bytes32> topics, String data) {
    /** Whether {@code eth_getLogs} with this filter gives it. */
    boolean matches(Set<String> contracts, JsonNode places) {
        if (!contracts.isEmpty() && !contracts.contains(contract.value())) {
            return false;
        }
        for (int i = 0; i < places.size(); i++) {
            if (!any(places.get(i), topics.get(i).value())) {
                return false;
            }
        }
        return true;
    }

    private static boolean any(JsonNode place, String topic) {
        if (place.isArray()) {
            return place.isEmpty() || place.values().stream().anyMatch(one -> topic.equals(one.asString("")));
        }
        return place.isNull() || topic.equals(place.asString(""));
    }
}
