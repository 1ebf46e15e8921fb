package io.attested.sms.audit;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * One entry of the log.
 *
 * @param event what happened
 * @param at when, by the service's clock
 * @param fields what it was about, in the order of {@link Field}; every value is text
 */
public record AuditEntry(Event event, Instant at, Map<Field, String> fields) {
    public AuditEntry {
        Map<Field, String> ordered = new EnumMap<>(Field.class);
        ordered.putAll(fields);
        fields = Collections.unmodifiableMap(ordered);
    }

    /** An entry without fields. */
    public static AuditEntry of(Event event, Instant at) {
        return new AuditEntry(event, at, Map.of());
    }

    /** This entry with one field more, or another value for it; the value is the object's text. */
    public AuditEntry with(Field field, Object value) {
        Map<Field, String> more = new EnumMap<>(Field.class);
        more.putAll(fields);
        more.put(field, value.toString());
        return new AuditEntry(event, at, more);
    }

    /** This entry with these fields more. */
    public AuditEntry with(Map<Field, String> others) {
        Map<Field, String> more = new EnumMap<>(Field.class);
        more.putAll(fields);
        more.putAll(others);
        return new AuditEntry(event, at, more);
    }

    /** UTF-8 JSON: {@code event}, {@code at} (ISO-8601 UTC), then the fields in declaration order; no white space. */
    public byte[] canonicalBytes() {
        return EntryJson.write(this);
    }

    /**
     * Reads canonical bytes back.
     *
     * @throws IllegalArgumentException when the bytes are not exactly what {@link #canonicalBytes} writes
     */
    public static AuditEntry parse(byte[] canonical) {
        return EntryJson.read(canonical);
    }
}
