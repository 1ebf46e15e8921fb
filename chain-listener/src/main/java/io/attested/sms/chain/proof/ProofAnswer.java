package io.attested.sms.chain.proof;

import io.attested.sms.chain.Bytes32;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The proofs in the result of {@code eth_getProof} (EIP-1186), from a node that may send anything.
 *
 * <p>Everything beside the proofs is what the node says, and is not read: nodes write balances of absent accounts
 * differently, and one gave zero as the value of a slot that its own proof showed otherwise.
 *
 * @param account nodes of the state trie, root first
 * @param storage nodes of the account's storage trie for each slot
 */
record ProofAnswer(List<byte[]> account, Map<Bytes32, List<byte[]>> storage) {
    /** A path of 64 nibbles meets at most as many branches, and a leaf. */
    static final int MOST_NODES = 65;

    /** A full branch has 532 bytes, an account's leaf fewer. */
    static final int MOST_BYTES_OF_A_NODE = 1024;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final int DIGITS_OF_A_WORD = 2 * Bytes32.LENGTH;

    /** @param json UTF-8 of the result alone, without the envelope of JSON-RPC */
    static ProofAnswer read(byte[] json) throws Unproven {
        JsonNode result = tree(json);
        if (!result.isObject()) {
            throw new Unproven("the answer is not a JSON object");
        }
        JsonNode slots = result.path("storageProof");
        if (!slots.isArray() || slots.size() > ProofRequest.MOST_SLOTS) {
            throw new Unproven("storageProof is not a list of at most " + ProofRequest.MOST_SLOTS);
        }
        Map<Bytes32, List<byte[]>> storage = new LinkedHashMap<>();
        for (JsonNode slot : slots) {
            if (storage.put(slot(slot.path("key")), nodes(slot.path("proof"))) != null) {
                throw new Unproven("a slot is answered twice");
            }
        }
        return new ProofAnswer(nodes(result.path("accountProof")), storage);
    }

    private static JsonNode tree(byte[] json) throws Unproven {
        try {
            return JSON.readTree(json);
        } catch (JacksonException e) {
            throw new Unproven("the answer is not JSON");
        }
    }

    private static List<byte[]> nodes(JsonNode list) throws Unproven {
        if (!list.isArray() || list.size() > MOST_NODES) {
            throw new Unproven("a proof is not a list of at most " + MOST_NODES + " nodes");
        }
        List<byte[]> nodes = new ArrayList<>();
        for (JsonNode node : list) {
            nodes.add(bytes(node));
        }
        return nodes;
    }

    private static byte[] bytes(JsonNode node) throws Unproven {
        String text = hex(node, 2 * MOST_BYTES_OF_A_NODE);
        if (text.length() % 2 != 0) {
            throw new Unproven("a node has half a byte");
        }
        return HexFormat.of().parseHex(text);
    }

    /** Nodes write a slot as 32 bytes or as a number without leading zeros. */
    private static Bytes32 slot(JsonNode node) throws Unproven {
        String text = hex(node, DIGITS_OF_A_WORD);
        return Bytes32.parse("0x" + "0".repeat(DIGITS_OF_A_WORD - text.length()) + text);
    }

    private static String hex(JsonNode node, int mostDigits) throws Unproven {
        String text = node.isString() ? node.asString() : "";
        boolean digits = text.length() > 2
                && text.length() <= 2 + mostDigits
                && text.startsWith("0x")
                && text.chars().skip(2).allMatch(HexFormat::isHexDigit);
        if (!digits) {
            throw new Unproven("expected 0x and at most " + mostDigits + " hexadecimal digits");
        }
        return text.substring(2);
    }
}
