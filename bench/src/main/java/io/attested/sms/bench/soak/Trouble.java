package io.attested.sms.bench.soak;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.testbed.Faults;
import io.attested.sms.chain.testbed.Lies;
import io.attested.sms.chain.testbed.Misbehaviour;
import io.attested.sms.chain.testbed.ScriptedNode;
import io.attested.sms.contracts.testbed.Wallet;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Makes the nodes fail in turns: never two at once, so that the other two can always agree. One thread. */
final class Trouble {
    private static final int SHORTEST_MILLIS = 1500;
    private static final int LONGEST_MILLIS = 5000;
    private static final int STALE_BLOCKS = 12;

    private final List<ScriptedNode> nodes;
    private final Journal journal;
    private final RandomGenerator random;
    private final Counts counts;

    Trouble(List<ScriptedNode> nodes, Journal journal, RandomGenerator random, Counts counts) {
        this.nodes = nodes;
        this.journal = journal;
        this.random = random;
        this.counts = counts;
    }

    private record Kind(String name, Supplier<Misbehaviour> misbehaviour) {}

    /** Until interrupted; then all behave. */
    void run() {
        List<Kind> kinds = kinds();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(between());
                ScriptedNode node = nodes.get(random.nextInt(nodes.size()));
                int chosen = random.nextInt(kinds.size() + 1);
                if (chosen == kinds.size()) {
                    counts.trouble("restart");
                    node.cutConnections();
                } else {
                    counts.trouble(kinds.get(chosen).name());
                    node.misbehave(kinds.get(chosen).misbehaviour().get());
                    Thread.sleep(between());
                    node.behave();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            nodes.forEach(ScriptedNode::behave);
        }
    }

    private long between() {
        return random.nextInt(SHORTEST_MILLIS, LONGEST_MILLIS);
    }

    private List<Kind> kinds() {
        return List.of(
                new Kind("lie: owner", () -> Lies.owner(address(Wallet.APP_DEVELOPER), address(Wallet.STRANGER))),
                new Kind("lie: word", () -> Lies.word(random.nextInt(40), word())),
                new Kind("lie: block", () -> Lies.otherBlock(1 + random.nextInt(5))),
                new Kind("lie: hash", () -> Lies.blockHash(word())),
                new Kind("lie: chain", () -> Lies.chainId(1)),
                new Kind("lie: no events", Trouble::noEvents),
                new Kind("lie: events elsewhere", () -> Lies.logs(log -> log.put("blockNumber", "0x1"))),
                new Kind("lie: null", Lies::nullResults),
                new Kind("lie: huge numbers", Lies::hugeNumbers),
                new Kind("frozen head", () -> Lies.headAt(journal.head().ref().number())),
                new Kind("old head", () -> Lies.headAt(journal.head().ref().number() - STALE_BLOCKS)),
                new Kind("pruned state", Lies::prunedState),
                new Kind("pruned headers", Lies::prunedHeaders),
                new Kind("drop", Faults::drop),
                new Kind("delay", () -> Faults.delay(Duration.ofMillis(200L + random.nextInt(2800)))),
                new Kind("truncation", Faults::truncate),
                new Kind("cut short", Faults::cutShort),
                new Kind("HTML", Faults::html),
                new Kind("null", Faults::nothing),
                new Kind("duplicates", Faults::duplicate),
                new Kind("429", () -> Faults.tooManyRequests(1 + random.nextInt(20), "1")),
                new Kind("503", () -> Faults.status(503)),
                new Kind("large", () -> Faults.large(50L << 20)),
                new Kind("half a frame", () -> Misbehaviour.SocketFault.HALF_FRAME),
                new Kind("nonsense heads", () -> Misbehaviour.SocketFault.NONSENSE),
                new Kind("closed socket", () -> Misbehaviour.SocketFault.CLOSED));
    }

    /** The blocks are true, but nothing ever happens in them. */
    private static Misbehaviour noEvents() {
        return (Misbehaviour.Lie) (method, params, honest) -> "eth_getLogs".equals(method)
                ? JsonMapper.shared()
                        .createObjectNode()
                        .set("result", JsonMapper.shared().createArrayNode())
                : honest.answer(method, params);
    }

    private Bytes32 word() {
        byte[] drawn = new byte[Bytes32.LENGTH];
        random.nextBytes(drawn);
        return Bytes32.parse("0x" + HexFormat.of().formatHex(drawn));
    }

    private static Address address(Wallet wallet) {
        return Address.parse(wallet.address());
    }
}
