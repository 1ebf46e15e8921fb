package io.attested.sms.chain;

/**
 * The port to Ethereum: facts of a task and the owner of an asset.
 *
 * <p>Guarantee: all facts of one answer were read at the blocks the answer names (rights at one settled block, vetoes at
 * one head); an outage, a revert or nonsense is an outcome, never an exception, a null or an older answer.
 *
 * <p>Not guaranteed: that a node tells the truth. An adapter over one node believes that node within what hashes can
 * check; several nodes or proofs are other adapters of this port.
 *
 * <p>Caller's duty: compare the head's time with a clock; an answer may be of a head that has stopped moving.
 * Implementations are safe for use by many threads, block the calling thread and bound the wait.
 */
public interface ChainView {
    /** The task's facts: rights at the settled block, vetoes at the head. */
    TaskLookup task(Bytes32 taskId);

    /** The task's facts with the head as settled block, for what releases nothing. */
    TaskLookup taskAtHead(Bytes32 taskId);

    /** {@code owner()} of an asset at the head, for what releases nothing. */
    OwnerLookup owner(Address asset);

    /** Whether the chain can be read now, and where it stands. */
    ChainState state();
}
