package io.attested.sms.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the parameter string of a deal.
 *
 * <p>A JSON object with the members of the iExec contract; text that is no JSON object becomes the arguments as a whole,
 * as with the original. Unlike there, an unknown member is ignored instead of dropping all others: dropping them would
 * publish a result unencrypted that its owner asked to encrypt.
 */
public final class DealParametersReader {
    private static final Set<String> NO = Set.of("false", "no", "0", "");

    /** Text after the object is left, as with the original: with it the wish for encryption would be. */
    private final JsonMapper json = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(16)
                            .maxNumberLength(32)
                            .build())
                    .build())
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** The parameters; never fails, whatever the requester wrote. */
    public DealParameters read(String params) {
        return object(params).map(DealParametersReader::parameters).orElseGet(() -> plainArguments(params));
    }

    private Optional<JsonNode> object(String params) {
        try {
            return Optional.ofNullable(json.readTree(params)).filter(JsonNode::isObject);
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
            if (element.isString()) {
                texts.add(element.stringValue());
            }
        }
        return List.copyOf(texts);
    }

    private static SortedMap<Integer, String> secrets(JsonNode map) {
        SortedMap<Integer, String> secrets = new TreeMap<>();
        for (String key : map.propertyNames()) {
            JsonNode name = map.path(key);
            if (key.matches("[1-9][0-9]{0,5}") && name.isString()) {
                secrets.put(Integer.valueOf(key), name.stringValue());
            }
        }
        return secrets;
    }
}
