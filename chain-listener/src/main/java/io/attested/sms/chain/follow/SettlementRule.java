package io.attested.sms.chain.follow;

/** Which blocks are settled: rights are read at the newest of them. */
public sealed interface SettlementRule {
    /**
     * Blocks that this many blocks follow.
     *
     * @param blocks at least 0; 0 in the {@code dev} realm only
     */
    record Depth(int blocks) implements SettlementRule {
        /** @throws IllegalArgumentException when {@code blocks} is negative */
        public Depth {
            if (blocks < 0) {
                throw new IllegalArgumentException("a depth is not negative");
            }
        }
    }

    /** Blocks up to the one that the chain's consensus names. */
    record Tag(Name name) implements SettlementRule {}

    /** Names that a node gives to settled blocks (Ethereum's execution API). */
    enum Name {
        /** The newest block that the consensus calls justified. */
        SAFE,
        /** The newest block that the consensus calls final. */
        FINALIZED
    }
}
