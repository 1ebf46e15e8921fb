package io.attested.sms.http;

import java.util.Base64;
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
 * A JSON object read strictly: no unknown, no duplicate member, no trailing text, bounded depth.
 *
 * <p>Every complaint is an {@link InputFault} that names the member and quotes none of its content.
 */
public final class JsonBody {
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(8)
                            .maxNumberLength(32)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonNode node;
    private final String path;

    private JsonBody(JsonNode node, String path) {
        this.node = node;
        this.path = path;
    }

    /** Reads {@code bytes} as an object with no members but {@code members}. */
    public static JsonBody parse(byte[] bytes, Set<String> members) {
        JsonNode node;
        try {
            node = JSON.readTree(bytes);
        } catch (JacksonException notJson) {
            throw new InputFault("the body is not one well-formed JSON object");
        }
        return checked(node, "", members);
    }

    private static JsonBody checked(JsonNode node, String path, Set<String> members) {
        if (!node.isObject()) {
            throw new InputFault((path.isEmpty() ? "the body" : path) + " is not a JSON object");
        }
        if (!members.containsAll(node.propertyNames())) {
            throw new InputFault(
                    (path.isEmpty() ? "the body" : path) + " has an unknown member, expected only " + sorted(members));
        }
        return new JsonBody(node, path);
    }

    private static Set<String> sorted(Set<String> members) {
        return new TreeSet<>(members);
    }

    /** A required object. */
    public JsonBody object(String member, Set<String> members) {
        return checked(node.path(member), path(member), members);
    }

    /** A required string. */
    public String text(String member) {
        JsonNode value = node.path(member);
        if (!value.isString()) {
            throw new InputFault(path(member) + " is missing or no string");
        }
        return value.stringValue();
    }

    /** A required whole number. */
    public long number(String member) {
        JsonNode value = node.path(member);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new InputFault(path(member) + " is missing or no whole number");
        }
        return value.longValue();
    }

    /** Required base64 (RFC 4648 section 4). */
    public byte[] base64(String member) {
        try {
            return Base64.getDecoder().decode(text(member));
        } catch (IllegalArgumentException notBase64) {
            throw new InputFault(path(member) + " is not base64");
        }
    }

    /** The member's JSON text, if it is there. */
    public Optional<String> json(String member) {
        JsonNode value = node.path(member);
        return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value.toString());
    }

    /** The member's dotted name, for complaints. */
    public String path(String member) {
        return path.isEmpty() ? member : path + "." + member;
    }
}
