package io.attested.sms.audit;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The canonical JSON of entries. An entry has exactly one form: what does not come out as it went in is refused. */
final class EntryJson {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String EVENT = "event";
    private static final String AT = "at";

    private EntryJson() {}

    static byte[] write(AuditEntry entry) {
        ObjectNode json = JSON.createObjectNode();
        json.put(EVENT, entry.event().name());
        json.put(AT, entry.at().toString());
        entry.fields().forEach((field, value) -> json.put(field.json(), value));
        return JSON.writeValueAsBytes(json);
    }

    static AuditEntry read(byte[] canonical) {
        try {
            JsonNode json = JSON.readTree(canonical);
            AuditEntry entry = new AuditEntry(
                    Event.valueOf(json.path(EVENT).asString("")),
                    Instant.parse(json.path(AT).asString("")),
                    fields(json));
            if (!Arrays.equals(canonical, write(entry))) {
                throw new IllegalArgumentException("a log entry is not in its canonical form");
            }
            return entry;
        } catch (JacksonException | DateTimeParseException e) {
            throw new IllegalArgumentException("a log entry is not the JSON object this service writes", e);
        }
    }

    private static Map<Field, String> fields(JsonNode json) {
        Map<Field, String> fields = new EnumMap<>(Field.class);
        for (Field field : Field.values()) {
            JsonNode value = json.path(field.json());
            if (value.isString()) {
                fields.put(field, value.asString());
            }
        }
        return fields;
    }
}
