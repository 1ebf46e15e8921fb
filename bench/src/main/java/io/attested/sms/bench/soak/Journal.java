package io.attested.sms.bench.soak;

import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The latest blocks of all branches, abandoned ones included: what an abandoned block said cannot be asked later. Safe for
 * many threads.
 */
final class Journal {
    /** More than any reorganisation and all blocks of the longest wait; soon full, so that its size hides nothing. */
    private static final int KEPT = 96;

    private final InstantSource clock;
    private final int depth;
    private final Map<Bytes32, BlockTruth> blocks = new LinkedHashMap<>();
    private final Map<Bytes32, Instant> superseded = new HashMap<>();
    private final Set<Bytes32> settled = new HashSet<>();
    private Optional<BlockTruth> head = Optional.empty();

    /** @param depth how deep a block lies that is settled */
    Journal(InstantSource clock, int depth) {
        this.depth = depth;
        this.clock = clock;
    }

    /** The chain has this head now; its block came just now, with all below it that are new. */
    synchronized void head(BlockTruth block) {
        head.ifPresent(before -> superseded.put(before.ref().hash(), clock.instant()));
        superseded.remove(block.ref().hash());
        add(block);
        head = Optional.ofNullable(blocks.get(block.ref().hash()));
        notifyAll();
    }

    /** A block below a new head. */
    synchronized void add(BlockTruth block) {
        BlockTruth parent = blocks.get(block.parent());
        blocks.put(block.ref().hash(), parent == null ? block : block.sharing(parent));
        ancestor(block, depth).ifPresent(deep -> settled.add(deep.ref().hash()));
        while (blocks.size() > KEPT) {
            Bytes32 eldest = blocks.keySet().iterator().next();
            blocks.remove(eldest);
            superseded.remove(eldest);
            settled.remove(eldest);
        }
    }

    synchronized boolean holds(Bytes32 hash) {
        return blocks.containsKey(hash);
    }

    synchronized BlockTruth head() {
        return head.orElseThrow();
    }

    /** The block, waiting for the driver to write it down: who follows the chain may see it a moment before. */
    synchronized Optional<BlockTruth> await(Bytes32 hash, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!blocks.containsKey(hash)) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return Optional.empty();
            }
            wait(left);
        }
        return Optional.ofNullable(blocks.get(hash));
    }

    /**
     * Whether {@code settled} is a settled block of a branch that ends in {@code head}: below it, and so deep below it or
     * below a block that came before it. A chain that goes back keeps what it has settled.
     */
    synchronized boolean settles(BlockTruth head, BlockRef settled) {
        return this.settled.contains(settled.hash())
                && ancestor(head, Math.toIntExact(head.ref().number() - settled.number()))
                        .filter(found -> found.ref().equals(settled))
                        .isPresent();
    }

    private Optional<BlockTruth> ancestor(BlockTruth from, int blocksBelow) {
        Optional<BlockTruth> at = Optional.of(from);
        for (int i = 0; i < blocksBelow; i++) {
            at = at.flatMap(block -> Optional.ofNullable(blocks.get(block.parent())));
        }
        return at;
    }

    /** For how long the block has not been the head; zero while it is, or when it never was. */
    synchronized Duration supersededFor(Bytes32 hash) {
        Instant since = superseded.get(hash);
        return since == null ? Duration.ZERO : Duration.between(since, clock.instant());
    }
}
