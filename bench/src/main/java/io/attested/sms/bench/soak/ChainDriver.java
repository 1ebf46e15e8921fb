package io.attested.sms.bench.soak;

import io.attested.sms.bench.soak.Acts.Act;
import io.attested.sms.bench.soak.Truth.Header;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.contracts.testbed.LocalChain;
import io.attested.sms.contracts.testbed.TestbedFailure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/**
 * Mines a block a second with what people do, and now and then replaces the last blocks by others or goes back some. Every
 * block is written down with what it says. One thread.
 */
final class ChainDriver {
    /** No block so far below the highest that ever was is ever replaced. */
    static final int MOST_DEPTH = 8;

    private static final Duration BLOCK_TIME = Duration.ofSeconds(1);
    private static final int MOST_ACTS = 4;
    private static final int ONE_REORGANISATION_IN = 9;

    private final LocalChain chain;
    private final DirectNode node;
    private final Truth truth;
    private final Cast cast;
    private final Journal journal;
    private final Acts acts;
    private final RandomGenerator random;
    private final Counts counts;
    private final InstantSource clock;
    private long highest;

    ChainDriver(
            LocalChain chain,
            DirectNode node,
            Truth truth,
            Cast cast,
            Journal journal,
            Acts acts,
            RandomGenerator random,
            Counts counts,
            InstantSource clock) {
        this.chain = chain;
        this.node = node;
        this.truth = truth;
        this.cast = cast;
        this.journal = journal;
        this.acts = acts;
        this.random = random;
        this.counts = counts;
        this.clock = clock;
    }

    /** The stage is set: from now on nothing is mined by itself. */
    void begin() {
        chain.mineAtOnce(false);
        chain.mine(2 * MOST_DEPTH);
        writeDown();
    }

    /** Until interrupted. */
    void run() {
        long next = System.nanoTime();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                step();
                next += BLOCK_TIME.toNanos();
                Thread.sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void step() throws InterruptedException {
        if (random.nextInt(ONE_REORGANISATION_IN) == 0) {
            reorganise();
        }
        block(chosen());
    }

    private List<Act> chosen() {
        List<Act> chosen = new ArrayList<>();
        Set<String> subjects = new HashSet<>();
        BlockTruth head = journal.head();
        int most = random.nextInt(MOST_ACTS);
        for (int i = 0; i < most; i++) {
            acts.next(head, deal -> exists(head, deal))
                    .filter(act -> subjects.add(act.subject()))
                    .ifPresent(chosen::add);
        }
        return chosen;
    }

    private boolean exists(BlockTruth head, String deal) {
        return truth.dealExists(head.ref().hash(), Bytes32.parse(deal));
    }

    /** One block with all acts, or more when one of them comes too late for it. */
    private void block(List<Act> chosen) throws InterruptedException {
        AtomicInteger failed = new AtomicInteger();
        List<Thread> people = chosen.stream()
                .map(act -> Thread.ofVirtual().start(() -> play(act, failed)))
                .toList();
        long deadline = System.nanoTime() + BLOCK_TIME.toNanos();
        while (pending() + failed.get() < chosen.size() && System.nanoTime() < deadline) {
            Thread.sleep(2);
        }
        chain.mine(1);
        for (Thread person : people) {
            while (!person.join(BLOCK_TIME)) {
                chain.mine(1);
            }
        }
        counts.acts(chosen.size() - failed.get(), failed.get());
        writeDown();
    }

    private static void play(Act act, AtomicInteger failed) {
        try {
            act.run().run();
        } catch (TestbedFailure e) {
            // The same thing twice in one block: the second reverts, which is the chain's affair.
            failed.incrementAndGet();
        }
    }

    private long pending() {
        return Long.decode(node.call("txpool_status").path("pending").asString());
    }

    private void reorganise() {
        long height = journal.head().ref().number();
        int room = (int) (MOST_DEPTH - (highest - height));
        if (room < 1) {
            return;
        }
        int depth = 1 + random.nextInt(room);
        switch (random.nextInt(4)) {
            case 0 -> node.call("anvil_rollback", depth);
            case 1 -> node.call("anvil_reorg", depth, List.of());
            case 2 -> node.call("anvil_reorg", depth, again(height, depth, 1));
            default -> node.call("anvil_reorg", depth, again(height, depth, 0.5));
        }
        // The node's clock goes back with its blocks.
        node.call("evm_setTime", clock.millis());
        counts.reorganised(depth);
        writeDown();
    }

    /** Transactions of the last blocks, each with the number of its block in the new branch. */
    private List<Object> again(long height, int depth, double share) {
        List<Object> pairs = new ArrayList<>();
        for (int i = 0; i < depth; i++) {
            long number = height - depth + 1 + i;
            JsonNode block = node.call("eth_getBlockByNumber", "0x" + Long.toHexString(number), true);
            for (JsonNode sent : block.path("transactions")) {
                if (random.nextDouble() < share) {
                    pairs.add(List.of(request(sent), share < 1 ? i + random.nextInt(depth - i) : i));
                }
            }
        }
        return pairs;
    }

    private static Map<String, String> request(JsonNode sent) {
        Map<String, String> request = new HashMap<>();
        for (String member : List.of("from", "to", "gas", "input")) {
            request.put(member, sent.path(member).asString());
        }
        return request;
    }

    /** The head and every block below it that is new. */
    private void writeDown() {
        Deque<Header> fresh = new ArrayDeque<>();
        Header head = truth.header("latest").orElseThrow();
        Optional<Header> next = Optional.of(head);
        while (next.isPresent()
                && !journal.holds(next.get().ref().hash())
                && fresh.size() <= 4 * MOST_DEPTH
                && next.get().ref().number() > 0) {
            fresh.addFirst(next.get());
            next = truth.header(next.get().parent().value());
        }
        fresh.forEach(block -> journal.add(truth.at(block, cast.watched(), cast.assets())));
        journal.head(truth.at(head, cast.watched(), cast.assets()));
        counts.blocks(fresh.size());
        highest = Math.max(highest, head.ref().number());
    }
}
