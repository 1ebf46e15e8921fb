package io.attested.sms.grant;

import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.TaskLookup;

/** What it means for a request when the chain gives no facts. */
public final class ChainRefusals {
    private ChainRefusals() {}

    /** The task is on chain but could still be undone. */
    public static Refusal of(TaskLookup.NotSettled lookup) {
        return new Refusal(
                RefusalCode.CHAIN_NOT_SETTLED,
                "the task is known at block " + lookup.head().number() + " but not yet at the settled block "
                        + lookup.settled().number() + "; ask again when more blocks have been built on it");
    }

    /** There is no such task. */
    public static Refusal of(TaskLookup.Unknown lookup) {
        return new Refusal(
                RefusalCode.CHAIN_TASK_NOT_ACTIVE,
                "the task is not initialised on chain at block " + lookup.head().number()
                        + "; its scheduler has to initialise it first");
    }

    /** The hub keeps too little of such a deal. */
    public static Refusal of(TaskLookup.Boosted lookup) {
        return new Refusal(
                RefusalCode.CHAIN_BOOST_NOT_SUPPORTED,
                "the deal was matched by PoCo Boost (seen at block "
                        + lookup.head().number() + "), which is not served; match the orders with matchOrders");
    }

    /** Nobody can tell; never a refusal of the task itself. */
    public static Refusal of(ChainFailure failure) {
        return failure.kind() == ChainFailure.Kind.STALE_HEAD
                ? new Refusal(
                        RefusalCode.CHAIN_STALE,
                        "what is known of the chain is older than allowed, so that what takes rights away could be"
                                + " missing; try again later")
                : new Refusal(
                        RefusalCode.CHAIN_UNAVAILABLE,
                        "the chain cannot be read now (" + failure.kind() + "); try again later");
    }
}
