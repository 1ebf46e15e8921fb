package io.attested.sms.chain.testbed;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.testbed.Misbehaviour.Lie;
import io.attested.sms.contracts.PocoCalls;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** False answers, and honest refusals that a follower must live with. */
public final class Lies {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int DIGITS_OF_A_WORD = 64;
    private static final Set<String> TAGS = Set.of("latest", "safe", "finalized", "pending");
    private static final Set<String> STATE =
            Set.of("eth_call", "eth_getCode", "eth_getProof", "eth_getStorageAt", "eth_getBalance");
    private static final Map<String, Integer> BLOCK_PARAMETER =
            Map.of("eth_call", 1, "eth_getCode", 1, "eth_getProof", 2, "eth_getStorageAt", 2, "eth_getBalance", 1);

    private Lies() {}

    /** Each occurrence of some hexadecimal digits in a method's results becomes others of the same number. */
    public static Lie replace(String method, String digits, String by) {
        String from = digits.toLowerCase(Locale.ROOT);
        return onResult(
                method, result -> JSON.readTree(JSON.writeValueAsString(result).replace(from, by)));
    }

    /** An address that calls give becomes another, with or without a word around it: an owner, for one. */
    public static Lie owner(Address honest, Address other) {
        return replace("eth_call", honest.value().substring(2), other.value().substring(2));
    }

    /** A word of what each call returns, counted from 0, becomes another. */
    public static Lie word(int index, Bytes32 other) {
        return onResult("eth_call", result -> overwritten(result, index, other));
    }

    /** The index of each task that {@code viewTask} is asked for. */
    public static Lie taskIndex(long index) {
        String selector = PocoCalls.viewTask(new byte[Bytes32.LENGTH]).data().substring(0, 10);
        return (method, params, honest) -> {
            ObjectNode answer = honest.answer(method, params);
            boolean asked = "eth_call".equals(method)
                    && params.path(0).path("data").asString("").startsWith(selector);
            return asked ? changed(answer, result -> overwritten(result, 2, word(index))) : answer;
        };
    }

    /** The value of a slot, in the answer and in words of proofs. */
    public static Lie storage(Bytes32 value) {
        return (method, params, honest) -> {
            ObjectNode answer = honest.answer(method, params);
            return switch (method) {
                case "eth_getStorageAt" -> changed(answer, result -> StringNode.valueOf(value.value()));
                case "eth_getProof" -> {
                    answer.path("result")
                            .path("storageProof")
                            .forEach(slot -> ((ObjectNode) slot).put("value", value.value()));
                    yield answer;
                }
                default -> answer;
            };
        };
    }

    /** The last byte of the last node of each account proof. */
    public static Lie proof() {
        return onResult("eth_getProof", result -> {
            ArrayNode nodes = (ArrayNode) result.path("accountProof");
            String last = nodes.get(nodes.size() - 1).asString();
            char flipped = last.endsWith("0") ? '1' : '0';
            nodes.set(nodes.size() - 1, last.substring(0, last.length() - 1) + flipped);
            return result;
        });
    }

    /** The code of every address. */
    public static Lie code(byte[] code) {
        return onResult(
                "eth_getCode",
                result -> StringNode.valueOf("0x" + HexFormat.of().formatHex(code)));
    }

    /** Another chain id. */
    public static Lie chainId(long id) {
        return onResult("eth_chainId", result -> StringNode.valueOf("0x" + Long.toHexString(id)));
    }

    /** Blocks with another hash than their header has. */
    public static Lie blockHash(Bytes32 hash) {
        return onBlocks(block -> block.put("hash", hash.value()));
    }

    /** Blocks of another time, with the hash that their header then has; found by that hash or a number. */
    public static Lie otherBlock(long secondsLater) {
        return onBlocks(block -> {
            long time = Long.decode(block.path("timestamp").asString());
            block.put("timestamp", "0x" + Long.toHexString(time + secondsLater));
            block.put("hash", HeaderHash.of(block));
            return block;
        });
    }

    /** Every result is null. */
    public static Lie nullResults() {
        return (method, params, honest) -> changed(honest.answer(method, params), result -> JSON.nullNode());
    }

    /** Every quantity at the top of a result is as long as a word and more. */
    public static Lie hugeNumbers() {
        return (method, params, honest) -> changed(honest.answer(method, params), result -> {
            if (result.isObject()) {
                ((ObjectNode) result).put("number", "0x" + "f".repeat(80)).put("timestamp", "0x" + "f".repeat(80));
                return result;
            }
            return StringNode.valueOf("0x" + "f".repeat(80));
        });
    }

    /** No block after this one exists: the head stands still there, or is gone back to it. */
    public static Lie headAt(long number) {
        return (method, params, honest) -> {
            if ("eth_blockNumber".equals(method)) {
                return result(StringNode.valueOf("0x" + Long.toHexString(number)));
            }
            if (!"eth_getBlockByNumber".equals(method)) {
                return honest.answer(method, params);
            }
            String asked = params.path(0).asString("");
            if (!TAGS.contains(asked)) {
                return Long.decode(asked) > number ? result(JSON.nullNode()) : honest.answer(method, params);
            }
            ArrayNode instead = (ArrayNode) params.deepCopy();
            JsonNode tagged = honest.answer(method, params).path("result").path("number");
            long height = Math.min(number, Long.decode(tagged.asString("0x0")));
            return honest.answer(method, instead.set(0, "0x" + Long.toHexString(height)));
        };
    }

    /** State cannot be read, as of a node that has deleted it; headers can. */
    public static Lie prunedState() {
        return (method, params, honest) -> STATE.contains(method)
                ? error(-32000, "missing trie node 5a5a (path ) state 0x5a is not available")
                : honest.answer(method, params);
    }

    /** Blocks cannot be read by number or hash, as of a node that has deleted them; the head can. */
    public static Lie prunedHeaders() {
        return (method, params, honest) -> method.startsWith("eth_getBlockBy")
                        && !TAGS.contains(params.path(0).asString(""))
                ? error(-32000, "header not found")
                : honest.answer(method, params);
    }

    /** Block hashes in the place of a block are refused, as by Ganache. */
    public static Lie noBlockHashes() {
        return (method, params, honest) -> {
            Integer at = BLOCK_PARAMETER.get(method);
            return at != null && params.path(at).isObject()
                    ? error(-32602, "invalid argument: json: cannot unmarshal object")
                    : honest.answer(method, params);
        };
    }

    /** Logs of more blocks than this are refused. */
    public static Lie logRange(long blocks) {
        return (method, params, honest) -> {
            JsonNode filter = params.path(0);
            boolean wide = "eth_getLogs".equals(method)
                    && filter.has("fromBlock")
                    && Long.decode(filter.path("toBlock").asString())
                                    - Long.decode(filter.path("fromBlock").asString())
                            >= blocks;
            return wide ? error(-32602, "block range is too wide, limit " + blocks) : honest.answer(method, params);
        };
    }

    /** More logs than this are refused. */
    public static Lie logResults(int most) {
        return (method, params, honest) -> {
            ObjectNode answer = honest.answer(method, params);
            return "eth_getLogs".equals(method) && answer.path("result").size() > most
                    ? error(-32005, "query returned more than " + most + " results")
                    : answer;
        };
    }

    /** What each log holds is changed. */
    public static Lie logs(UnaryOperator<ObjectNode> change) {
        return onResult("eth_getLogs", result -> {
            ArrayNode logs = JSON.createArrayNode();
            result.forEach(log -> logs.add(change.apply((ObjectNode) log)));
            return logs;
        });
    }

    /** Every question of a method gets this error. */
    public static Lie error(String method, long code, String message) {
        return (asked, params, honest) -> asked.equals(method) ? error(code, message) : honest.answer(asked, params);
    }

    private static Lie onBlocks(UnaryOperator<ObjectNode> change) {
        return (method, params, honest) -> {
            ObjectNode answer = honest.answer(method, params);
            return method.startsWith("eth_getBlockBy") && answer.path("result").isObject()
                    ? changed(answer, result -> change.apply((ObjectNode) result))
                    : answer;
        };
    }

    private static Lie onResult(String method, UnaryOperator<JsonNode> change) {
        return (asked, params, honest) -> {
            ObjectNode answer = honest.answer(asked, params);
            return asked.equals(method) ? changed(answer, change) : answer;
        };
    }

    private static ObjectNode changed(ObjectNode answer, UnaryOperator<JsonNode> change) {
        if (answer.has("result")) {
            answer.set("result", change.apply(answer.get("result")));
        }
        return answer;
    }

    private static JsonNode overwritten(JsonNode result, int index, Bytes32 other) {
        String text = result.asString();
        int from = 2 + index * DIGITS_OF_A_WORD;
        if (text.length() < from + DIGITS_OF_A_WORD) {
            return result;
        }
        return StringNode.valueOf(
                text.substring(0, from) + other.value().substring(2) + text.substring(from + DIGITS_OF_A_WORD));
    }

    private static Bytes32 word(long value) {
        return Bytes32.parse("0x" + String.format("%064x", value));
    }

    private static ObjectNode result(JsonNode value) {
        return JSON.createObjectNode().set("result", value);
    }

    private static ObjectNode error(long code, String message) {
        ObjectNode answer = JSON.createObjectNode();
        answer.putObject("error").put("code", code).put("message", message);
        return answer;
    }
}
