package io.attested.sms.chain.rpc;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.RegisteredBytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Reads what {@code eth_getLogs} gave: only what was asked for, each event once, in the order of the chain. */
final class LogReading {
    private static final int MOST_TOPICS = 4;

    private final LogFilter filter;

    LogReading(LogFilter filter) {
        this.filter = filter;
    }

    /** Events of blocks from {@code from} to {@code to}, both included. */
    List<Log> range(JsonNode result, long from, long to) throws ReadFailure {
        List<Log> logs = all(result);
        Map<Long, Bytes32> hashes = new HashMap<>();
        for (Log log : logs) {
            if (log.blockNumber() < from || log.blockNumber() > to) {
                throw ReadFailure.inconsistent(
                        "a log is of block " + log.blockNumber() + ", asked for " + from + " to " + to);
            }
            Bytes32 before = hashes.putIfAbsent(log.blockNumber(), log.blockHash());
            if (before != null && !before.equals(log.blockHash())) {
                throw ReadFailure.inconsistent("two logs of one height have different blocks");
            }
        }
        return logs;
    }

    /** Events of these blocks. */
    List<Log> of(JsonNode result, List<BlockHeader> headers) throws ReadFailure {
        Map<Long, BlockHeader> byNumber = new HashMap<>();
        headers.forEach(header -> byNumber.put(header.number(), header));
        List<Log> logs = all(result);
        for (Log log : logs) {
            BlockHeader header = byNumber.get(log.blockNumber());
            if (header == null || !log.fits(header)) {
                throw ReadFailure.inconsistent("a log is not of a block asked for, or not in its bloom");
            }
        }
        return logs;
    }

    private List<Log> all(JsonNode result) throws ReadFailure {
        if (!result.isArray()) {
            throw ReadFailure.malformed("the logs are not a JSON array");
        }
        List<Log> logs = new ArrayList<>();
        for (JsonNode node : result) {
            Log log = log(node);
            if (!filter.matches(log)) {
                throw ReadFailure.inconsistent("a log is of a contract or topic that was not asked for");
            }
            if (!logs.isEmpty() && !follows(logs.getLast(), log)) {
                throw ReadFailure.inconsistent("the logs are not in the order of the chain, or one comes twice");
            }
            logs.add(log);
        }
        return List.copyOf(logs);
    }

    private static boolean follows(Log before, Log after) {
        return before.blockNumber() < after.blockNumber()
                || (before.blockNumber() == after.blockNumber() && before.index() < after.index());
    }

    private static Log log(JsonNode node) throws ReadFailure {
        if (!node.isObject() || node.path("removed").asBoolean(false)) {
            throw ReadFailure.inconsistent("a log is no object, or of a block that was removed");
        }
        JsonNode topics = node.path("topics");
        if (!topics.isArray() || topics.size() > MOST_TOPICS) {
            throw ReadFailure.malformed("a log's topics are not an array of at most " + MOST_TOPICS);
        }
        List<Bytes32> words = new ArrayList<>();
        for (JsonNode topic : topics) {
            words.add(Quantity.word(topic, "a log's topic"));
        }
        return new Log(
                Address.tryParse(node.path("address").asString(""))
                        .orElseThrow(() -> ReadFailure.malformed("a log's address is none")),
                words,
                RegisteredBytes.of(Quantity.bytes(node.path("data"), "a log's data")),
                Quantity.longNumber(node.path("blockNumber"), "a log's block number"),
                Quantity.word(node.path("blockHash"), "a log's block hash"),
                Quantity.word(node.path("transactionHash"), "a log's transaction"),
                Quantity.longNumber(node.path("logIndex"), "a log's index"));
    }
}
