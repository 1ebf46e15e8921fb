package io.attested.sms.chain.follow;

import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.follow.Standing.Following;

/** Which of a decision's two blocks. */
public enum Side {
    /** The settled block: rights. */
    SETTLED,
    /** The head: vetoes, and what releases nothing. */
    HEAD;

    BlockRef of(Following blocks) {
        return switch (this) {
            case SETTLED -> blocks.settled();
            case HEAD -> blocks.head();
        };
    }
}
