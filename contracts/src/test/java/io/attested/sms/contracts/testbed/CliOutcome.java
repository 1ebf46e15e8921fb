package io.attested.sms.contracts.testbed;

import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a command of the SDK's command line left behind.
 *
 * @param exitCode 0 or 1
 * @param output what it printed
 * @param errors what it printed as errors
 */
public record CliOutcome(int exitCode, String output, String errors) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    /**
     * What {@code --raw} printed: one JSON object, {@code {"ok":true,…}} as output or {@code {"ok":false,…}} as error.
     *
     * @throws TestbedFailure when that is not what was printed
     */
    public Map<String, Object> raw() {
        String printed = exitCode == 0 ? output : errors;
        try {
            return JSON.readValue(printed, OBJECT);
        } catch (JacksonException e) {
            throw new TestbedFailure("a command ended with " + exitCode + " and printed: " + output + errors, e);
        }
    }

    /** The message of a failed command's {@code --raw} error. @throws TestbedFailure when there is none */
    public String message() {
        if (raw().get("error") instanceof Map<?, ?> error && error.get("message") instanceof String message) {
            return message;
        }
        throw new TestbedFailure("a command ended with " + exitCode + " and printed no error: " + output + errors);
    }
}
