package io.attested.sms.attestation.collateral;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.RejectionReason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The members of one JSON object of untrusted collateral; each read states type, length and range.
 *
 * <p>A member that is missing or of another shape is {@link RejectionReason#COLLATERAL_MALFORMED} with its path.
 */
public final class JsonFields {
    /** Most bytes of one JSON text. */
    public static final int MAX_LENGTH = 128 * 1024;

    private static final int MAX_SHOWN = 40;
    private static final int MAX_STRING = 64 * 1024;
    private static final JsonMapper MAPPER = mapper(MAX_LENGTH, MAX_STRING);
    private static final JsonMapper MAPPER_WITH_LISTS =
            mapper(Collateral.MAX_JSON_LENGTH, 2 * Collateral.MAX_LIST_LENGTH);

    private final JsonNode node;
    private final String path;

    private JsonFields(JsonNode node, String path) {
        this.node = node;
        this.path = path;
    }

    private static JsonMapper mapper(int documentLength, int stringLength) {
        return JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxDocumentLength(documentLength)
                                .maxNestingDepth(16)
                                .maxStringLength(stringLength)
                                .maxNameLength(256)
                                .maxNumberLength(32)
                                .build())
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .build())
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    /** Reads one JSON object; duplicate members and trailing tokens are refused. */
    public static JsonFields parse(String name, ByteString json) throws EvidenceRejected {
        return parse(name, json, MAX_LENGTH, MAPPER);
    }

    /** The same for an object with revocation lists in it, at most {@link Collateral#MAX_JSON_LENGTH} bytes. */
    static JsonFields parseWithLists(String name, ByteString json) throws EvidenceRejected {
        return parse(name, json, Collateral.MAX_JSON_LENGTH, MAPPER_WITH_LISTS);
    }

    private static JsonFields parse(String name, ByteString json, int most, JsonMapper mapper) throws EvidenceRejected {
        if (json.length() > most) {
            throw malformed(name, "at most " + most + " bytes", json.length() + " bytes");
        }
        try {
            return of(name, mapper.readTree(new String(json.toByteArray(), StandardCharsets.UTF_8)));
        } catch (JacksonException e) {
            throw malformed(name, "a JSON object without duplicate members", "something else");
        }
    }

    static JsonFields of(String name, JsonNode node) throws EvidenceRejected {
        if (!node.isObject()) {
            throw malformed(name, "a JSON object", "something else");
        }
        return new JsonFields(node, name);
    }

    /** Refuses members outside {@code known}. */
    public void refuseOthersThan(Set<String> known) throws EvidenceRejected {
        for (String name : node.propertyNames()) {
            if (!known.contains(name)) {
                throw malformed(
                        path,
                        "only members of " + new TreeSet<>(known),
                        "holding the unknown member \"" + cut(name) + "\"");
            }
        }
    }

    /** Whether the member exists. */
    public boolean has(String name) {
        return node.has(name);
    }

    /** A non-empty string. */
    public String text(String name) throws EvidenceRejected {
        return text(name, MAX_STRING);
    }

    private String text(String name, int most) throws EvidenceRejected {
        JsonNode value = member(name);
        if (!value.isString() || value.stringValue().isEmpty()) {
            throw malformed(path(name), "a non-empty string", shown(value));
        }
        if (value.stringValue().length() > most) {
            throw malformed(path(name), "at most " + most + " characters", "longer");
        }
        return value.stringValue();
    }

    /** A non-empty string, or nothing when the member is absent. */
    public Optional<String> optionalText(String name) throws EvidenceRejected {
        return has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    /** An integer from {@code min} to {@code max}. */
    public int integer(String name, int min, int max) throws EvidenceRejected {
        JsonNode value = member(name);
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < min || value.intValue() > max) {
            throw malformed(path(name), "an integer from " + min + " to " + max, shown(value));
        }
        return value.intValue();
    }

    /** An integer from {@code min} to {@code max}. */
    public long number(String name, long min, long max) throws EvidenceRejected {
        JsonNode value = member(name);
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < min
                || value.longValue() > max) {
            throw malformed(path(name), "an integer from " + min + " to " + max, shown(value));
        }
        return value.longValue();
    }

    /** True or false. */
    public boolean flag(String name) throws EvidenceRejected {
        JsonNode value = member(name);
        if (!value.isBoolean()) {
            throw malformed(path(name), "true or false", shown(value));
        }
        return value.booleanValue();
    }

    /** Hexadecimal text in either case. */
    public ByteString hex(String name) throws EvidenceRejected {
        return hexOf(name, text(name));
    }

    /** Hexadecimal text of a revocation list, at most {@link Collateral#MAX_LIST_LENGTH} bytes. */
    ByteString list(String name) throws EvidenceRejected {
        return hexOf(name, text(name, 2 * Collateral.MAX_LIST_LENGTH));
    }

    private ByteString hexOf(String name, String text) throws EvidenceRejected {
        try {
            return ByteString.ofHex(text);
        } catch (IllegalArgumentException e) {
            throw malformed(path(name), "hexadecimal text", "something else");
        }
    }

    /** Hexadecimal text of exactly {@code length} bytes. */
    public ByteString hex(String name, int length) throws EvidenceRejected {
        ByteString bytes = hex(name);
        if (bytes.length() != length) {
            throw malformed(path(name), length + " bytes", bytes.length() + " bytes");
        }
        return bytes;
    }

    /** An ISO-8601 instant in UTC. */
    public Instant instant(String name) throws EvidenceRejected {
        try {
            return Instant.parse(text(name));
        } catch (DateTimeParseException e) {
            throw malformed(path(name), "an instant like 2026-01-01T00:00:00Z", "something else");
        }
    }

    /** An object. */
    public JsonFields object(String name) throws EvidenceRejected {
        return of(path(name), member(name));
    }

    /** An array of {@code min} to {@code max} objects. */
    public List<JsonFields> objects(String name, int min, int max) throws EvidenceRejected {
        JsonNode array = member(name);
        if (!array.isArray() || array.size() < min || array.size() > max) {
            throw malformed(path(name), "an array of " + min + " to " + max + " objects", "something else");
        }
        List<JsonFields> objects = new ArrayList<>();
        for (JsonNode element : array.values()) {
            objects.add(of(path(name) + "[" + objects.size() + "]", element));
        }
        return objects;
    }

    /** An array of at most {@code max} strings, empty when the member is absent. */
    public List<String> optionalTexts(String name, int max) throws EvidenceRejected {
        if (!has(name)) {
            return List.of();
        }
        JsonNode array = member(name);
        if (!array.isArray() || array.size() > max) {
            throw malformed(path(name), "an array of at most " + max + " strings", "something else");
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array.values()) {
            if (!element.isString()) {
                throw malformed(path(name), "an array of strings", "holding something else");
            }
            texts.add(element.stringValue());
        }
        return texts;
    }

    /** The rejection of a member whose value is impossible. */
    public EvidenceRejected malformedMember(String name, String expected, String seen) {
        return malformed(path(name), expected, seen);
    }

    private JsonNode member(String name) throws EvidenceRejected {
        JsonNode value = node.get(name);
        if (value == null) {
            throw malformed(path(name), "there", "missing");
        }
        return value;
    }

    private String path(String name) {
        return path + "." + name;
    }

    /** A scalar as it stands, shortened; the kind of anything else. */
    private static String shown(JsonNode value) {
        if (value.isString()) {
            return "\"" + cut(value.stringValue()) + "\"";
        }
        return value.isContainer() ? (value.isArray() ? "an array" : "an object") : cut(value.asString());
    }

    private static String cut(String text) {
        return text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
    }

    private static EvidenceRejected malformed(String field, String expected, String seen) {
        return new EvidenceRejected(RejectionReason.COLLATERAL_MALFORMED, field, expected, seen);
    }
}
