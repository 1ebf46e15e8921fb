package io.attested.sms.task.bulk;

import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.TaskFacts;
import io.attested.sms.chain.TaskLookup;
import io.attested.sms.task.BulkSlice;

/** What became of the question for the datasets of a bulk task. */
public sealed interface BulkLookup {
    /**
     * The orders were judged.
     *
     * @param facts of the task, read anew at the blocks the orders were judged at; their provenance vouches for both
     * @param slice at least one element
     */
    record Sliced(TaskFacts facts, BulkSlice slice) implements BulkLookup {}

    /** The list cannot be read now. */
    record ListUnavailable(String reason) implements BulkLookup {}

    /** What the deal names is no list, or has nothing for this task. */
    record ListInvalid(String reason) implements BulkLookup {}

    /** The task is not what it was when its list was asked for. */
    record TaskGone(TaskLookup lookup) implements BulkLookup {}

    /** The chain cannot judge the orders now. */
    record ChainUnavailable(ChainFailure failure) implements BulkLookup {}
}
