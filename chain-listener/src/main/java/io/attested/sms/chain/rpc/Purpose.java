package io.attested.sms.chain.rpc;

/** On whose behalf a node is asked, so that what requests cost is counted apart. */
public enum Purpose {
    /** A request waits for the answer. */
    REQUEST,
    /** The follower keeps up with the chain. */
    FOLLOWER,
    /** The check of nodes and hub at start, and health. */
    CHECK
}
