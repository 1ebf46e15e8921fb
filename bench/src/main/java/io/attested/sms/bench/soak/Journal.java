package io.attested.sms.bench.soak;

import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The latest blocks of all branches, abandoned ones included: what an abandoned block said cannot be asked later. Safe for
 * many threads.
 */
final class Journal {
    private static final int KEPT = 400;

    private final InstantSource clock;
    private final Map<Bytes32, BlockTruth> blocks = new LinkedHashMap<>();
    private final Map<Bytes32, Instant> superseded = new HashMap<>();
    private Optional<BlockTruth> head = Optional.empty();

    Journal(InstantSource clock) {
        this.clock = clock;
    }

    /** The chain has this head now; its block came just now, with all below it that are new. */
    synchronized void head(BlockTruth block) {
        head.ifPresent(before -> superseded.put(before.ref().hash(), clock.instant()));
        superseded.remove(block.ref().hash());
        add(block);
        head = Optional.of(block);
        notifyAll();
    }

    /** A block below a new head. */
    synchronized void add(BlockTruth block) {
        blocks.put(block.ref().hash(), block);
        while (blocks.size() > KEPT) {
            Bytes32 eldest = blocks.keySet().iterator().next();
            blocks.remove(eldest);
            superseded.remove(eldest);
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

    /** Whether {@code ancestor} lies exactly so many blocks below on the same branch. */
    synchronized boolean descends(BlockTruth from, BlockRef ancestor, int blocksBelow) {
        BlockTruth at = from;
        for (int i = 0; i < blocksBelow; i++) {
            BlockTruth parent = blocks.get(at.parent());
            if (parent == null) {
                return false;
            }
            at = parent;
        }
        return at.ref().equals(ancestor);
    }

    /** For how long the block has not been the head; zero while it is, or when it never was. */
    synchronized Duration supersededFor(Bytes32 hash) {
        Instant since = superseded.get(hash);
        return since == null ? Duration.ZERO : Duration.between(since, clock.instant());
    }
}
