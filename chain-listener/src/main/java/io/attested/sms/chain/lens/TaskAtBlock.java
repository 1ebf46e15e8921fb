package io.attested.sms.chain.lens;

import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Task;
import java.util.Optional;

/** What the chain says of a task at one block. */
public sealed interface TaskAtBlock {
    /** Task, deal and assets are known. */
    record Known(BlockRef block, Task task, DealFacts facts) implements TaskAtBlock {}

    /** The hub knows no such task at this block. */
    record Unknown(BlockRef block) implements TaskAtBlock {}

    /**
     * The task is of a boosted deal. The deal is empty when only the task's end tells: a status without a deal.
     */
    record Boosted(BlockRef block, Optional<BoostedDeal> deal) implements TaskAtBlock {}

    /** The texts of this deal are too long for a lens; the calls of {@link LongTexts} read them. */
    record TooLong(BlockRef block, LongTexts<TaskAtBlock> texts) implements TaskAtBlock {}
}
