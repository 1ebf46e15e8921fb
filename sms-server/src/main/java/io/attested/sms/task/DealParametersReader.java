package io.attested.sms.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the parameter string of a deal.
 *
 * <p>A JSON object with the members of the iExec contract; text that is no JSON object becomes the arguments as a whole,
 * as with the original. Unlike there, an unknown member is ignored instead of dropping all others: dropping them would
 * publish a result unencrypted that its owner asked to encrypt.
 */
public final class DealParametersReader {
    private static final Set<String> NO = Set.of("false", "no", "0", "");

    private static final Set<String> MEMBERS = Set.of(
            "iexec_args",
            "iexec_input_files",
            "iexec_result_encryption",
            "iexec_result_storage_provider",
            "iexec_result_storage_proxy",
            "iexec_secrets",
            "bulk_cid");

    /**
     * No bound but the text's own length: beyond a bound an object would count as no object, and the wish for encryption would
     * be dropped with it. What is not asked for is passed over and never built.
     */
    private final JsonMapper json = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(Integer.MAX_VALUE)
                            .maxNumberLength(Integer.MAX_VALUE)
                            .maxNameLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .build();

    /** The parameters; never fails, whatever the requester wrote. */
    public DealParameters read(String params) {
        return members(params).map(DealParametersReader::parameters).orElseGet(() -> plainArguments(params));
    }

    /** Text after the object is left, as with the original: with it the wish for encryption would be. */
    private Optional<ObjectNode> members(String params) {
        ObjectNode members = json.createObjectNode();
        try (JsonParser parser = json.createParser(params)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (MEMBERS.contains(name)) {
                    members.set(name, parser.<JsonNode>readValueAsTree());
                } else {
                    parser.skipChildren();
                }
            }
            return Optional.of(members);
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    private static DealParameters plainArguments(String params) {
        return new DealParameters(params, List.of(), false, "", "", new TreeMap<>(), "");
    }

    private static DealParameters parameters(JsonNode node) {
        return new DealParameters(
                node.path("iexec_args").asString(""),
                texts(node.path("iexec_input_files")),
                asksFor(node.path("iexec_result_encryption")),
                node.path("iexec_result_storage_provider").asString(""),
                node.path("iexec_result_storage_proxy").asString(""),
                secrets(node.path("iexec_secrets")),
                node.path("bulk_cid").asString(""));
    }

    /** Whatever does not say no asks for it: a result in clear cannot be taken back. */
    private static boolean asksFor(JsonNode wish) {
        if (wish.isMissingNode() || wish.isNull()) {
            return false;
        }
        return wish.isContainer() || !NO.contains(wish.asString().toLowerCase(Locale.ROOT));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array) {
            if (isScalar(element)) {
                texts.add(element.asString());
            }
        }
        return List.copyOf(texts);
    }

    private static SortedMap<Integer, String> secrets(JsonNode map) {
        SortedMap<Integer, String> secrets = new TreeMap<>();
        for (String key : map.propertyNames()) {
            JsonNode name = map.path(key);
            if (isScalar(name)) {
                index(key).ifPresent(index -> secrets.put(index, name.asString()));
            }
        }
        return secrets;
    }

    /** One index has one spelling: no sign, no leading zero. */
    private static Optional<Integer> index(String key) {
        return Optional.of(key)
                .filter(text -> text.matches("[1-9][0-9]{0,9}"))
                .map(Long::valueOf)
                .filter(number -> number <= Integer.MAX_VALUE)
                .map(Long::intValue);
    }

    /** A number or a truth value stands for its text, as with the original. */
    private static boolean isScalar(JsonNode value) {
        return value.isValueNode() && !value.isNull();
    }
}
