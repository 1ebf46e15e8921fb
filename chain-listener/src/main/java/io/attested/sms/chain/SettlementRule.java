package io.attested.sms.chain;

import java.util.Locale;

/** Which block counts as settled. */
public sealed interface SettlementRule {
    /** Largest depth accepted. */
    int MAX_DEPTH = 100_000;

    /**
     * A block so far below the head, or the first block of a shorter chain.
     *
     * @param blocks 0 to {@value #MAX_DEPTH}; 0 is the head itself
     */
    record Depth(int blocks) implements SettlementRule {
        /** @throws IllegalArgumentException when the depth is out of its range */
        public Depth {
            if (blocks < 0 || blocks > MAX_DEPTH) {
                throw new IllegalArgumentException("the depth must be from 0 to " + MAX_DEPTH);
            }
        }

        @Override
        public String text() {
            return "depth " + blocks;
        }
    }

    /** The block that the chain's consensus calls so. */
    record Tag(Name name) implements SettlementRule {
        @Override
        public String text() {
            return name.name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a consensus calls a block that it does not mean to undo. */
    enum Name {
        /** Justified: undone only if much of the stake is slashed or the network splits. */
        SAFE,
        /** Final: undone only by breaking the consensus. */
        FINALIZED
    }

    /** The rule in words, such as {@code depth 12} or {@code finalized}. */
    String text();
}
