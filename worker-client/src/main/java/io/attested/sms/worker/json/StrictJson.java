package io.attested.sms.worker.json;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One JSON object (RFC 8259) whose members are all known.
 *
 * <p>Refused: bytes after the object, a repeated member, an unknown member, a member of another type, {@code null}, more
 * than 32 levels. Texts are returned as they stand.
 */
public final class StrictJson {
    private static final int MAX_DEPTH = 32;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String place;
    private final JsonNode node;

    private StrictJson(String place, JsonNode node) {
        this.place = place;
        this.node = node;
    }

    /**
     * Parses an object.
     *
     * @param place what the object is, for messages
     * @param bytes UTF-8; the caller has capped the length
     * @param members the only members it may have
     */
    public static StrictJson parse(String place, byte[] bytes, Set<String> members) throws MalformedJsonException {
        return of(place, tree(place, bytes), members);
    }

    /** Parses an object of which only some members matter; the others are ignored, but may not be repeated. */
    public static StrictJson parseOpen(String place, byte[] bytes) throws MalformedJsonException {
        JsonNode node = tree(place, bytes);
        if (!node.isObject()) {
            throw new MalformedJsonException(place + " is no JSON object");
        }
        return new StrictJson(place, node);
    }

    private static JsonNode tree(String place, byte[] bytes) throws MalformedJsonException {
        try {
            return MAPPER.readTree(bytes);
        } catch (JacksonException e) {
            // The library's message may quote the input, which may be secret.
            throw new MalformedJsonException(place + " is no JSON object, or a member stands in it twice");
        }
    }

    private static StrictJson of(String place, JsonNode node, Set<String> members) throws MalformedJsonException {
        if (!node.isObject()) {
            throw new MalformedJsonException(place + " is no JSON object");
        }
        for (String name : node.propertyNames()) {
            if (!members.contains(name)) {
                throw new MalformedJsonException(place + " has an unknown member; known are " + members);
            }
        }
        return new StrictJson(place, node);
    }

    /** Whether the member is there. */
    public boolean has(String name) {
        return node.has(name);
    }

    /** Whether the member is there and not {@code null}. */
    public boolean hasValue(String name) {
        return node.hasNonNull(name);
    }

    /** A text. */
    public String text(String name) throws MalformedJsonException {
        JsonNode member = node.get(name);
        if (member == null || !member.isString()) {
            throw new MalformedJsonException(place + " needs the text member \"" + name + "\"");
        }
        return member.stringValue();
    }

    /** A text, or nothing when the member is absent. */
    public Optional<String> optionalText(String name) throws MalformedJsonException {
        return has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    /** A text that {@code parser} understands. */
    public <T> T parsed(String name, String expected, Function<String, Optional<T>> parser)
            throws MalformedJsonException {
        return parser.apply(text(name))
                .orElseThrow(() -> new MalformedJsonException(place + ": \"" + name + "\" must be " + expected));
    }

    /** An integer from 0 to 2^63 - 1, not written with a fraction or an exponent. */
    public long number(String name) throws MalformedJsonException {
        JsonNode member = node.get(name);
        if (member == null || !member.isIntegralNumber() || !member.canConvertToLong() || member.longValue() < 0) {
            throw new MalformedJsonException(place + " needs the whole number \"" + name + "\"");
        }
        return member.longValue();
    }

    /** Bytes written in base64 with padding (RFC 4648 section 4). */
    public byte[] base64(String name) throws MalformedJsonException {
        try {
            return Base64.getDecoder().decode(text(name));
        } catch (IllegalArgumentException e) {
            throw new MalformedJsonException(place + ": \"" + name + "\" must be base64");
        }
    }

    /** An object with these members only. */
    public StrictJson object(String name, Set<String> members) throws MalformedJsonException {
        JsonNode member = node.get(name);
        if (member == null) {
            throw new MalformedJsonException(place + " needs the object \"" + name + "\"");
        }
        return of(place + "." + name, member, members);
    }

    /** A list of objects with these members only. */
    public List<StrictJson> objects(String name, Set<String> members) throws MalformedJsonException {
        List<StrictJson> objects = new ArrayList<>();
        for (JsonNode element : array(name)) {
            objects.add(of(place + "." + name + "[]", element, members));
        }
        return List.copyOf(objects);
    }

    /** A list of texts. */
    public List<String> texts(String name) throws MalformedJsonException {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array(name)) {
            if (!element.isString()) {
                throw new MalformedJsonException(place + ": \"" + name + "\" must be a list of texts");
            }
            texts.add(element.stringValue());
        }
        return List.copyOf(texts);
    }

    /** An object whose members are all texts, in their order. */
    public Map<String, String> textMap(String name) throws MalformedJsonException {
        JsonNode member = node.get(name);
        if (member == null || !member.isObject()) {
            throw new MalformedJsonException(place + " needs the object \"" + name + "\"");
        }
        Map<String, String> map = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : member.properties()) {
            if (!entry.getValue().isString()) {
                throw new MalformedJsonException(place + ": \"" + name + "\" must hold texts only");
            }
            map.put(entry.getKey(), entry.getValue().stringValue());
        }
        return map;
    }

    /**
     * The members of an object of any shape, in their order: texts, {@link Long}, {@link java.math.BigDecimal}, booleans,
     * lists and maps of these; {@code null} becomes an empty {@link Optional}.
     */
    public Map<String, Object> values(String name) throws MalformedJsonException {
        JsonNode member = node.get(name);
        if (member == null || !member.isObject()) {
            throw new MalformedJsonException(place + " needs the object \"" + name + "\"");
        }
        return values(member);
    }

    private static Map<String, Object> values(JsonNode object) {
        Map<String, Object> values = new LinkedHashMap<>();
        object.properties().forEach(entry -> values.put(entry.getKey(), value(entry.getValue())));
        return values;
    }

    private static Object value(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> node.stringValue();
            case BOOLEAN -> node.booleanValue();
            case NUMBER ->
                node.isIntegralNumber() && node.canConvertToLong() ? (Object) node.longValue() : node.decimalValue();
            case ARRAY -> node.values().stream().map(StrictJson::value).toList();
            case OBJECT -> values(node);
            case NULL, MISSING, BINARY, POJO -> Optional.empty();
        };
    }

    private JsonNode array(String name) throws MalformedJsonException {
        JsonNode member = node.get(name);
        if (member == null || !member.isArray()) {
            throw new MalformedJsonException(place + " needs the list \"" + name + "\"");
        }
        return member;
    }
}
