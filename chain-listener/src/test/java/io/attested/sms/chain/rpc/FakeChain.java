package io.attested.sms.chain.rpc;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.contracts.PocoCalls;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.web3j.crypto.Hash;
import org.web3j.rlp.RlpEncoder;
import org.web3j.rlp.RlpList;
import org.web3j.rlp.RlpString;
import org.web3j.rlp.RlpType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A small honest chain: headers that hash, one hub, one deal, one active task. Hashes are computed apart from the reader. */
final class FakeChain implements FakeNode.Replies {
    static final long CHAIN_ID = 4711;
    static final Address HUB = Address.parse("0x" + "b0".repeat(20));
    static final Address APP = Address.parse("0x" + "a1".repeat(20));
    static final Address OWNER = Address.parse("0x" + "0e".repeat(20));
    static final Bytes32 DEAL = Bytes32.parse("0x" + "de".repeat(32));
    static final Bytes32 TASK = taskId(0);
    static final byte[] CODE = {0x60, 0x00};

    private final Map<Long, ObjectNode> blocks = new TreeMap<>();
    private final Map<String, String> calls = new TreeMap<>();
    private final long head;
    private int replacements;

    FakeChain(int height) {
        for (long number = 0; number <= height; number++) {
            blocks.put(number, block(number, "00"));
        }
        head = height;
        calls.put(HUB + PocoCalls.viewTask(TASK.bytes()).data(), task(1, DEAL, 0));
        calls.put(HUB + PocoCalls.viewDeal(DEAL.bytes()).data(), deal());
        calls.put(HUB + PocoCalls.viewCategory(BigInteger.ONE).data(), category());
        calls.put(HUB + PocoCalls.viewApp(APP.value()).data(), app());
        calls.put(APP + PocoCalls.owner().data(), "0x" + word(OWNER));
    }

    @Override
    public ObjectNode reply(String method, JsonNode params) {
        return switch (method) {
            case "eth_chainId" -> FakeNode.result("0x" + Long.toHexString(CHAIN_ID));
            case "eth_getBlockByNumber" -> FakeNode.result(block(number(params.get(0))));
            case "eth_getCode" -> FakeNode.result("0x" + HexFormat.of().formatHex(CODE));
            case "eth_call" ->
                FakeNode.result(calls.getOrDefault(
                        params.get(0).get("to").asString()
                                + params.get(0).get("data").asString(),
                        "0x" + "0".repeat(64 * 12)));
            default -> FakeNode.error(-32601, "method not found");
        };
    }

    /** Replaces the answer to the task's view. */
    void answerTask(String answer) {
        calls.put(HUB + PocoCalls.viewTask(TASK.bytes()).data(), answer);
    }

    /** Replaces the answer to the deal's view. */
    void answerDeal(String answer) {
        calls.put(HUB + PocoCalls.viewDeal(DEAL.bytes()).data(), answer);
    }

    /** The JSON of a block, to be spoilt. */
    ObjectNode block(long number) {
        return Objects.requireNonNull(blocks.get(number));
    }

    /** Another block of the same height takes a block's place. */
    void replace(long number) {
        replacements++;
        blocks.put(number, block(number, String.format("%04x", replacements)));
    }

    static Bytes32 taskId(long index) {
        return Bytes32.of(Hash.sha3(HexFormat.of().parseHex(DEAL.value().substring(2) + word(index))));
    }

    static String task(long status, Bytes32 deal, long index) {
        return "0x" + word(status) + deal.value().substring(2) + word(index) + word(1) + word(2_000) + word(2_500)
                + word(3_000) + word(0).repeat(5);
    }

    static String deal() {
        String none = word(0).repeat(3);
        String asset = word(APP) + word(OWNER) + word(0);
        return "0x" + word(32) + asset + none + asset + word(1) + word(1) + word(3) + word(OWNER) + word(OWNER)
                + word(0) + word(22 * 32) + word(1_000) + word(0) + word(1) + none + word(0);
    }

    static String word(long value) {
        return String.format("%064x", value);
    }

    private static String word(Address address) {
        return "0".repeat(24) + address.value().substring(2);
    }

    private static String category() {
        return "0x" + word(32) + word(96) + word(128) + word(300) + word(0) + word(0);
    }

    private static String app() {
        String code = HexFormat.of().formatHex("x".getBytes(StandardCharsets.US_ASCII));
        return "0x" + word(32) + word(OWNER) + word(192) + word(224) + word(256) + word(7) + word(320) + word(0)
                + word(0) + word(1) + code + "0".repeat(62) + word(0);
    }

    private long number(JsonNode tag) {
        return "latest".equals(tag.asString()) ? head : Long.decode(tag.asString());
    }

    private static ObjectNode block(long number, String extra) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("parentHash", hex(32));
        fields.put("sha3Uncles", hex(32));
        fields.put("miner", hex(20));
        fields.put("stateRoot", hex(32));
        fields.put("transactionsRoot", hex(32));
        fields.put("receiptsRoot", hex(32));
        fields.put("logsBloom", hex(256));
        fields.put("difficulty", "0x0");
        fields.put("number", "0x" + Long.toHexString(number));
        fields.put("gasLimit", "0x1c9c380");
        fields.put("gasUsed", "0x0");
        fields.put("timestamp", "0x" + Long.toHexString(1_000 + number));
        fields.put("extraData", "0x" + extra);
        fields.put("mixHash", hex(32));
        fields.put("nonce", hex(8));
        fields.put("baseFeePerGas", "0x7");
        ObjectNode block = FakeNode.JSON.createObjectNode();
        List<RlpType> values = new ArrayList<>();
        fields.forEach((name, value) -> {
            block.put(name, value);
            boolean quantity = value.length() % 2 != 0
                    || List.of("gasLimit", "timestamp", "number").contains(name);
            values.add(
                    quantity
                            ? RlpString.create(new BigInteger(value.substring(2), 16))
                            : RlpString.create(HexFormat.of().parseHex(value, 2, value.length())));
        });
        block.put(
                "hash",
                Bytes32.of(Hash.sha3(RlpEncoder.encode(new RlpList(values)))).value());
        return block;
    }

    private static String hex(int length) {
        return "0x" + "5a".repeat(length);
    }
}
