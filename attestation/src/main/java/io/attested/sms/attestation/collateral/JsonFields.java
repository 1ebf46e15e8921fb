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

    private static final int MAX_STRING = 64 * 1024;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxDocumentLength(MAX_LENGTH)
                            .maxNestingDepth(16)
                            .maxStringLength(MAX_STRING)
                            .maxNameLength(256)
                            .maxNumberLength(32)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonNode node;
    private final String path;

    private JsonFields(JsonNode node, String path) {
        this.node = node;
        this.path = path;
    }

    /** Reads one JSON object; duplicate members and trailing tokens are refused. */
    public static JsonFields parse(String name, ByteString json) throws EvidenceRejected {
        if (json.length() > MAX_LENGTH) {
            throw malformed(name + " has " + json.length() + " bytes, at most " + MAX_LENGTH + " are read");
        }
        try {
            return of(name, MAPPER.readTree(new String(json.toByteArray(), StandardCharsets.UTF_8)));
        } catch (JacksonException e) {
            throw malformed(name + " is no JSON object without duplicate members");
        }
    }

    static JsonFields of(String name, JsonNode node) throws EvidenceRejected {
        if (!node.isObject()) {
            throw malformed(name + " is no JSON object");
        }
        return new JsonFields(node, name);
    }

    /** Refuses members outside {@code known}. */
    public void refuseOthersThan(Set<String> known) throws EvidenceRejected {
        for (String name : node.propertyNames()) {
            if (!known.contains(name)) {
                throw malformed(path + " has an unknown member; expected are " + new TreeSet<>(known));
            }
        }
    }

    /** Whether the member exists. */
    public boolean has(String name) {
        return node.has(name);
    }

    /** A non-empty string. */
    public String text(String name) throws EvidenceRejected {
        JsonNode value = member(name);
        if (!value.isString() || value.stringValue().isEmpty()) {
            throw malformed(path(name) + " is no non-empty string");
        }
        if (value.stringValue().length() > MAX_STRING) {
            throw malformed(path(name) + " is longer than " + MAX_STRING + " characters");
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
            throw malformed(path(name) + " is no integer from " + min + " to " + max);
        }
        return value.intValue();
    }

    /** Hexadecimal text in either case. */
    public ByteString hex(String name) throws EvidenceRejected {
        try {
            return ByteString.ofHex(text(name));
        } catch (IllegalArgumentException e) {
            throw malformed(path(name) + " is no hexadecimal text");
        }
    }

    /** Hexadecimal text of exactly {@code length} bytes. */
    public ByteString hex(String name, int length) throws EvidenceRejected {
        ByteString bytes = hex(name);
        if (bytes.length() != length) {
            throw malformed(path(name) + " has " + bytes.length() + " bytes, expected " + length);
        }
        return bytes;
    }

    /** An ISO-8601 instant in UTC. */
    public Instant instant(String name) throws EvidenceRejected {
        try {
            return Instant.parse(text(name));
        } catch (DateTimeParseException e) {
            throw malformed(path(name) + " is no instant like 2026-01-01T00:00:00Z");
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
            throw malformed(path(name) + " is no array of " + min + " to " + max + " objects");
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
            throw malformed(path(name) + " is no array of at most " + max + " strings");
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array.values()) {
            if (!element.isString()) {
                throw malformed(path(name) + " holds something else than strings");
            }
            texts.add(element.stringValue());
        }
        return texts;
    }

    /** The rejection of a member whose value is impossible. */
    public EvidenceRejected malformedMember(String name, String problem) {
        return malformed(path(name) + " " + problem);
    }

    private JsonNode member(String name) throws EvidenceRejected {
        JsonNode value = node.get(name);
        if (value == null) {
            throw malformed(path(name) + " is missing");
        }
        return value;
    }

    private String path(String name) {
        return path + "." + name;
    }

    private static EvidenceRejected malformed(String detail) {
        return new EvidenceRejected(RejectionReason.COLLATERAL_MALFORMED, detail);
    }
}
