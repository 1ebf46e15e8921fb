package io.attested.sms.worker.json;

import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes JSON objects: members in the order given, UTF-8, no white space. */
public final class JsonText {
    private static final JsonMapper MAPPER = new JsonMapper();

    private JsonText() {}

    /**
     * The bytes of an object.
     *
     * @param members texts, numbers, booleans, lists, maps and {@link Raw} values
     */
    public static byte[] bytes(Map<String, ?> members) {
        ObjectNode object = MAPPER.createObjectNode();
        members.forEach(
                (name, value) -> object.set(name, value instanceof Raw raw ? raw.node() : MAPPER.valueToTree(value)));
        return MAPPER.writeValueAsBytes(object);
    }

    /** A value that somebody else wrote in JSON and that is passed on as it is. */
    public static Raw raw(String place, byte[] json) throws MalformedJsonException {
        try {
            return new Raw(MAPPER.readTree(json));
        } catch (JacksonException e) {
            throw new MalformedJsonException(place + " is no JSON");
        }
    }

    /** Parsed JSON to be written again. */
    public static final class Raw {
        private final JsonNode node;

        private Raw(JsonNode node) {
            this.node = node;
        }

        JsonNode node() {
            return node;
        }
    }
}
