package io.attested.sms.chain;

/**
 * Why the chain could not be read.
 *
 * @param kind for programs
 * @param detail for a person: what was asked and what came back; never the node's URL, which may carry credentials
 */
public record ChainFailure(Kind kind, String detail) {
    /** The kinds of failure. */
    public enum Kind {
        /** No connection to the node, or it closed the connection. */
        UNREACHABLE,
        /** No complete answer in time. */
        TIMEOUT,
        /** An answer that is not what JSON-RPC or the contract's ABI prescribes, or larger than allowed. */
        MALFORMED_ANSWER,
        /** The node answered with an error. */
        RPC_ERROR,
        /** The node serves another chain than configured. */
        WRONG_CHAIN,
        /** The chain was reorganised while it was read, twice in a row. */
        HEAD_MOVED,
        /** The head is older than allowed: the node stands still, or somebody withholds blocks from it. */
        STALE_HEAD,
        /** Answers that contradict each other or their own hashes. */
        INCONSISTENT,
        /** Nodes answer differently, and no group of them is large enough. */
        DISAGREEMENT,
        /** What nodes said is not what the state under the agreed header holds, or no node proved that it is. */
        UNPROVEN
    }
}
