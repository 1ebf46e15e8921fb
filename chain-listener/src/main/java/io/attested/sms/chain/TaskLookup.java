package io.attested.sms.chain;

/** What became of the question for a task. */
public sealed interface TaskLookup {
    /** The task exists at the settled block, in whatever status. */
    record Found(TaskFacts facts) implements TaskLookup {}

    /** The head knows the task, the settled block does not yet: ask again later. */
    record NotSettled(BlockRef settled, BlockRef head) implements TaskLookup {}

    /** The head knows no such task: never initialised, or no task id at all. */
    record Unknown(BlockRef head) implements TaskLookup {}

    /**
     * The task is of a deal matched by PoCo Boost: the hub stores neither its assets nor its params, so nothing can be
     * decided for it.
     */
    record Boosted(BlockRef head) implements TaskLookup {}

    /** Nothing is known: an outage, not a refusal. */
    record Unavailable(ChainFailure failure) implements TaskLookup {}
}
