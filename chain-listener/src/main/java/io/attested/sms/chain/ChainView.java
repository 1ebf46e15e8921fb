package io.attested.sms.chain;

import java.util.List;

/**
 * The port to Ethereum: facts of a task, the owner of an asset, the word of a contract wallet.
 *
 * <p>Guarantee: all facts of one answer were read at the blocks the answer names (rights at one settled block, vetoes at
 * one head); an outage, a revert or nonsense is an outcome, never an exception, a null or an older answer.
 *
 * <p>Not guaranteed: that a node tells the truth. Each answer's {@link Provenance} says how far it was checked.
 *
 * <p>Caller's duty: compare the head's time with a clock; an answer may be of a head that has stopped moving.
 * Implementations are safe for use by many threads, block the calling thread and bound the wait.
 */
public interface ChainView {
    /** The task's facts: rights at the settled block, vetoes at the head. */
    TaskLookup task(Bytes32 taskId);

    /**
     * As {@link #task(Bytes32)}, with what the asker says of the deal: the only way to recognise a task of a boosted deal
     * before it ends. An adapter that has no use for it leaves it out.
     */
    default TaskLookup task(Bytes32 taskId, DealClaim claim) {
        return task(taskId);
    }

    /** The task's facts with the head as settled block, for what releases nothing. */
    TaskLookup taskAtHead(Bytes32 taskId);

    /** {@code owner()} of an asset at the head, for what releases nothing. */
    OwnerLookup owner(Address asset);

    /**
     * Whether a contract wallet approves a signature at the settled block, for what releases something.
     *
     * <p>Recovering a key from a signature is the caller's part, and comes first: this is for a claimed signer that
     * recovery does not give.
     *
     * @param hash what was signed
     * @param signature as sent
     * @throws IllegalArgumentException when the signature is longer than {@link WalletLookup#LONGEST_SIGNATURE}
     */
    WalletLookup walletApproves(Address wallet, Bytes32 hash, byte[] signature);

    /** As {@link #walletApproves} at the head, for what releases nothing. */
    WalletLookup walletApprovesAtHead(Address wallet, Bytes32 hash, byte[] signature);

    /**
     * What the chain says of dataset orders for a bulk deal, at the two blocks of {@code at}: those the task's facts were
     * read at, so that one decision rests on one settled block and one head. A view without a reader of orders knows
     * nothing of any.
     *
     * @param orders 1 to {@link DatasetOrdersLookup#MOST_ORDERS}
     * @param at of the facts of a task just read; {@code HEAD_MOVED} when one of its blocks was reorganised away since
     * @throws IllegalArgumentException when there are more orders, or none
     */
    default DatasetOrdersLookup datasetOrders(Bytes32 dealId, List<DatasetOrder> orders, Provenance at) {
        return new DatasetOrdersLookup.Unavailable(
                new ChainFailure(ChainFailure.Kind.UNREACHABLE, "dataset orders cannot be read here"));
    }

    /** Whether the chain can be read now, and where it stands. */
    ChainState state();
}
