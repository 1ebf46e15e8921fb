package io.attested.sms.chain.follow;

import io.attested.sms.chain.BlockRef;
import java.util.List;

/** What memory says of a task. */
public sealed interface TaskAnswer {
    /** All that a decision needs, without a question to a node. */
    record Known(FollowedTask facts) implements TaskAnswer {}

    /** The head knows the task, the settled block does not yet. */
    record NotSettled(BlockRef settled, BlockRef head) implements TaskAnswer {}

    /**
     * Something is not remembered. Read the task with all that hangs on it at each of these blocks, pinned by hash, hand
     * it to {@link FollowedFacts#learned} and ask again. What is {@link Learned#NOT_FOLLOWED}, a task that neither block
     * knows or assets that no registry knows, misses again: then the readings are the answer
     * ({@link FollowedTask#of}).
     *
     * @param settled the settled block now
     * @param head the head now
     * @param read one or both of them
     */
    record Miss(BlockRef settled, BlockRef head, List<BlockRef> read) implements TaskAnswer {}

    /** Nothing may be granted now. */
    record Stopped(Standing.Stopped why) implements TaskAnswer {}
}
