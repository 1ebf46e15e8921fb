package io.attested.sms.worker.verify;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One vector compared.
 *
 * @param vector path of its folder below the folder that was searched
 * @param expected what its {@code expected.json} says
 * @param got what judging it came to
 * @param differences in what they differ; empty when they agree
 */
public record VectorResult(
        String vector, Map<String, Object> expected, Map<String, Object> got, List<String> differences) {
    /** Whether nothing differs. */
    public boolean agrees() {
        return differences.isEmpty();
    }

    /** Whether it agrees because of a reason beside the one that is named first. */
    public boolean byAnotherAcceptedReason() {
        return agrees()
                && expected.get("reasonsAccepted") instanceof List<?>
                && !Objects.equals(expected.get("reason"), got.get("reason"));
    }

    /** The members of the line for machines: vector, expected, got (with the differences), agrees. */
    public Map<String, Object> line() {
        Map<String, Object> seen = new LinkedHashMap<>(got);
        if (!agrees()) {
            seen.put("differences", differences);
        }
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("vector", vector);
        line.put("expected", expected);
        line.put("got", seen);
        line.put("agrees", agrees());
        return line;
    }
}
