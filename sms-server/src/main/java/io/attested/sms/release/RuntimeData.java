package io.attested.sms.release;

import java.util.Base64;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an enclave says in the bytes it bound into its quote.
 *
 * <p>Parsed after the bytes were hashed. Unknown, missing or duplicate members are refused.
 *
 * @param encryptionKey the key the envelope is sealed to, in the serialised form of {@code kem}
 */
@SuppressWarnings("ArrayRecordComponent")
record RuntimeData(
        String purpose,
        long chainId,
        String hub,
        String serviceKey,
        String challenge,
        String nonce,
        String chainTaskId,
        String stage,
        String worker,
        String kem,
        byte[] encryptionKey) {
    private static final Set<String> MEMBERS = Set.of(
            "purpose",
            "chainId",
            "hub",
            "serviceKey",
            "challenge",
            "nonce",
            "chainTaskId",
            "stage",
            "worker",
            "kem",
            "encryptionKey");

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(4)
                            .maxDocumentLength(8192)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** The parsed data, or nothing when the bytes are not exactly such an object. */
    static Optional<RuntimeData> parse(byte[] bytes) {
        JsonNode node;
        try {
            node = JSON.readTree(bytes);
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
        if (!node.isObject() || !new HashSet<>(node.propertyNames()).equals(MEMBERS) || !wellTyped(node)) {
            return Optional.empty();
        }
        return read(node);
    }

    private static boolean wellTyped(JsonNode node) {
        return MEMBERS.stream()
                .allMatch(member -> member.equals("chainId")
                        ? node.path(member).isIntegralNumber()
                                && node.path(member).canConvertToLong()
                        : node.path(member).isString());
    }

    private static Optional<RuntimeData> read(JsonNode node) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(node.path("encryptionKey").stringValue());
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        return Optional.of(new RuntimeData(
                node.path("purpose").stringValue(),
                node.path("chainId").longValue(),
                node.path("hub").stringValue(),
                node.path("serviceKey").stringValue(),
                node.path("challenge").stringValue(),
                node.path("nonce").stringValue(),
                node.path("chainTaskId").stringValue(),
                node.path("stage").stringValue(),
                node.path("worker").stringValue(),
                node.path("kem").stringValue(),
                key));
    }
}
