package io.attested.sms.chain.follow;

import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.rpc.BlockHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A piece of one branch without gap: some blocks below the settled one, the settled block, and all up to the head. Each
 * block's parent is the one before. Immutable.
 */
final class Ancestry {
    private final List<BlockHeader> blocks;
    private final int settled;

    private Ancestry(List<BlockHeader> blocks, int settled) {
        this.blocks = blocks;
        this.settled = settled;
    }

    /**
     * @param blocks the lowest first
     * @param settled height of the settled block, one of them
     * @throws IllegalArgumentException when a block does not follow the one before, or none has this height
     */
    static Ancestry of(List<BlockHeader> blocks, long settled) {
        List<BlockHeader> copy = List.copyOf(blocks);
        requireLinked(copy);
        if (copy.isEmpty()
                || settled < copy.getFirst().number()
                || settled > copy.getLast().number()) {
            throw new IllegalArgumentException("the settled block is not one of the blocks");
        }
        return new Ancestry(copy, Math.toIntExact(settled - copy.getFirst().number()));
    }

    BlockHeader base() {
        return blocks.getFirst();
    }

    BlockHeader settled() {
        return blocks.get(settled);
    }

    BlockHeader head() {
        return blocks.getLast();
    }

    /** The lowest first. */
    List<BlockHeader> blocks() {
        return blocks;
    }

    Optional<BlockHeader> at(long number) {
        long index = number - base().number();
        return index >= 0 && index < blocks.size() ? Optional.of(blocks.get((int) index)) : Optional.empty();
    }

    boolean holds(long number, Bytes32 hash) {
        return at(number).filter(block -> block.hash().equals(hash)).isPresent();
    }

    /**
     * The branch that leaves this one above {@code fork}.
     *
     * @throws IllegalArgumentException when {@code fork} is below the settled block, or {@code path} does not follow it
     */
    Ancestry graft(long fork, List<BlockHeader> path) {
        if (fork < settled().number() || fork > head().number()) {
            throw new IllegalArgumentException("a branch leaves between the settled block and the head");
        }
        List<BlockHeader> grown = new ArrayList<>(blocks.subList(0, Math.toIntExact(fork - base().number()) + 1));
        grown.addAll(path);
        return of(grown, settled().number());
    }

    /** The same branch with a higher settled block, and at most {@code tail} blocks below that. */
    Ancestry settle(long number, int tail) {
        long base = Math.max(base().number(), number - tail);
        return of(blocks.subList(Math.toIntExact(base - base().number()), blocks.size()), number);
    }

    private static void requireLinked(List<BlockHeader> blocks) {
        for (int i = 1; i < blocks.size(); i++) {
            if (!blocks.get(i - 1).isParentOf(blocks.get(i))) {
                throw new IllegalArgumentException(
                        "block " + blocks.get(i).number() + " does not follow the one before");
            }
        }
    }
}
