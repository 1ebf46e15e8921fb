package io.attested.sms.bench.follow;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.rpc.LogsBloom;
import io.attested.sms.chain.testbed.HeaderHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.web3j.crypto.Hash;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Blocks that never were, with five events of PoCo each: two transfers of a registry, three events of a task. The same
 * number always gives the same block. Each header has the hash of its fields, its parent's hash, and a filter of its events.
 */
final class SyntheticChain {
    /** Events in each block. */
    static final int EVENTS = 5;

    /** Transfers among them. */
    static final int TRANSFERS = 2;

    private static final long FIRST_SECOND = 1_700_000_000;
    private static final Bytes32 TRANSFER = event("Transfer(address,address,uint256)");
    private static final Bytes32 INITIALIZE = event("TaskInitialize(bytes32,address)");
    private static final Bytes32 CONTRIBUTE = event("TaskContribute(bytes32,address,bytes32)");
    private static final Bytes32 FINALIZE = event("TaskFinalize(bytes32,bytes)");
    private static final String NOTHING = "0x" + "0".repeat(64);
    private static final HexFormat HEX = HexFormat.of();

    private final Address hub;
    private final List<Address> registries;
    private final List<Bytes32> hashes = new ArrayList<>();
    private final Map<Bytes32, Integer> numbers = new HashMap<>();

    /**
     * Makes the blocks from 0 to {@code last}.
     *
     * @param registries those of applications and datasets
     */
    SyntheticChain(Address hub, List<Address> registries, int last) {
        this.hub = hub;
        this.registries = List.copyOf(registries);
        for (int number = 0; number <= last; number++) {
            Bytes32 hash = Bytes32.parse(HeaderHash.of(header(number)));
            hashes.add(hash);
            numbers.put(hash, number);
        }
    }

    int last() {
        return hashes.size() - 1;
    }

    Bytes32 hash(int number) {
        return hashes.get(number);
    }

    /** Height of the block of this hash, or -1. */
    int number(Bytes32 hash) {
        return numbers.getOrDefault(hash, -1);
    }

    /** Unix seconds. */
    long time(int number) {
        return FIRST_SECOND + number;
    }

    /** As {@code eth_getBlockByNumber} without transactions gives it. */
    ObjectNode block(int number) {
        ObjectNode block = header(number);
        block.put("hash", hash(number).value()).put("size", "0x5a5a");
        ArrayNode transactions = block.putArray("transactions");
        for (int i = 0; i < EVENTS; i++) {
            transactions.add(word("transaction", number, i).value());
        }
        block.putArray("uncles");
        return block;
    }

    List<SyntheticEvent> events(int number) {
        Bytes32 task = word("task", number, 0);
        List<SyntheticEvent> events = new ArrayList<>();
        for (int i = 0; i < TRANSFERS; i++) {
            events.add(new SyntheticEvent(
                    registries.get((number + i) % registries.size()),
                    List.of(
                            TRANSFER,
                            address("from", number, i),
                            address("to", number, i),
                            address("asset", number, i)),
                    "0x"));
        }
        events.add(new SyntheticEvent(hub, List.of(INITIALIZE, task, address("pool", number, 0)), "0x"));
        events.add(new SyntheticEvent(
                hub,
                List.of(CONTRIBUTE, task, address("worker", number, 0)),
                word("result", number, 0).value()));
        events.add(new SyntheticEvent(hub, List.of(FINALIZE, task), "0x" + "0".repeat(62) + "20" + "0".repeat(64)));
        return events;
    }

    /** As {@code eth_getLogs} gives it. */
    ObjectNode log(int number, int index, SyntheticEvent event) {
        ObjectNode log = JsonMapper.shared().createObjectNode();
        log.put("address", event.contract().value());
        ArrayNode topics = log.putArray("topics");
        event.topics().forEach(topic -> topics.add(topic.value()));
        log.put("data", event.data());
        log.put("blockNumber", quantity(number)).put("blockHash", hash(number).value());
        log.put("transactionHash", word("transaction", number, index).value());
        log.put("transactionIndex", quantity(index)).put("logIndex", quantity(index));
        return log.put("removed", false);
    }

    private ObjectNode header(int number) {
        ObjectNode block = JsonMapper.shared().createObjectNode();
        block.put("parentHash", number == 0 ? NOTHING : hash(number - 1).value());
        block.put("sha3Uncles", word("uncles", 0, 0).value());
        block.put("miner", Address.of(new byte[Address.LENGTH]).value());
        block.put("stateRoot", word("state", number, 0).value());
        block.put("transactionsRoot", word("transactions", number, 0).value());
        block.put("receiptsRoot", word("receipts", number, 0).value());
        block.put("logsBloom", bloom(number)).put("difficulty", "0x0").put("number", quantity(number));
        block.put("gasLimit", "0x1c9c380").put("gasUsed", "0x1c9c38").put("timestamp", quantity(time(number)));
        block.put("extraData", "0x").put("mixHash", NOTHING).put("nonce", "0x0000000000000000");
        block.put("baseFeePerGas", "0x5f5e100")
                .put("withdrawalsRoot", word("withdrawals", 0, 0).value());
        block.put("blobGasUsed", "0x0").put("excessBlobGas", "0x0");
        return block.put("parentBeaconBlockRoot", word("beacon", number, 0).value());
    }

    private String bloom(int number) {
        byte[] filter = new byte[LogsBloom.LENGTH];
        for (SyntheticEvent event : events(number)) {
            LogsBloom.Entry.of(event.contract()).addTo(filter);
            event.topics().forEach(topic -> LogsBloom.Entry.of(topic).addTo(filter));
        }
        return "0x" + HEX.formatHex(filter);
    }

    private static Bytes32 word(String name, int number, int index) {
        byte[] text = name.getBytes(StandardCharsets.US_ASCII);
        return Bytes32.of(Hash.sha3(ByteBuffer.allocate(text.length + 8)
                .put(text)
                .putInt(number)
                .putInt(index)
                .array()));
    }

    private static Bytes32 address(String name, int number, int index) {
        byte[] word = word(name, number, index).bytes();
        Arrays.fill(word, 0, Bytes32.LENGTH - Address.LENGTH, (byte) 0);
        return Bytes32.of(word);
    }

    private static Bytes32 event(String signature) {
        return Bytes32.of(Hash.sha3(signature.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String quantity(long value) {
        return "0x" + Long.toHexString(value);
    }
}
