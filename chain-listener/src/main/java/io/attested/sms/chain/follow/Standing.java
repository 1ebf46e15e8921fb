package io.attested.sms.chain.follow;

import io.attested.sms.chain.BlockRef;
import java.util.Optional;

/** Whether decisions can be made now, and at which blocks. */
public sealed interface Standing {
    /** The blocks of a decision: rights at {@code settled}, vetoes at {@code head}. */
    record Following(BlockRef settled, BlockRef head) implements Standing {}

    /**
     * Nothing may be granted.
     *
     * @param reason for programs
     * @param settled the last settled block known, if any
     * @param head the last head known, if any
     */
    record Stopped(Reason reason, Optional<BlockRef> settled, Optional<BlockRef> head) implements Standing {}

    /** Why nothing may be granted. */
    enum Reason {
        /** Not caught up yet. */
        STARTING("the chain is not caught up with yet"),
        /** The head is older than allowed: the feed stands still or blocks are withheld. */
        STALE_HEAD("the head is older than allowed"),
        /** The settled block is older than allowed. */
        STALE_SETTLED("the settled block is older than allowed"),
        /** The nodes have not told their head for longer than allowed. */
        SILENT("the nodes have not told a head that could be followed for longer than allowed"),
        /** The chain tells a head later than our clock allows: one of the two is wrong. */
        HEAD_FROM_FUTURE("the head is later than our clock"),
        /** The chain's head is below the settled block: the node went back or lags. */
        BEHIND_SETTLED("the head is below a block that was settled"),
        /** A settled block was abandoned; ends by itself once the new branch is settled higher than that. */
        REORG_BELOW_SETTLED("a settled block was abandoned by the chain"),
        /** More blocks are unsettled than are followed at once. */
        NOT_SETTLING("more blocks are unsettled than are followed at once");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        /** For a person. */
        public String text() {
            return text;
        }
    }
}
