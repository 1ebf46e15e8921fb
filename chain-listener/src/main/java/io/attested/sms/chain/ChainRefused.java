package io.attested.sms.chain;

/** The configured node or hub is not what the settings say: the service must not start on it. */
public final class ChainRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What was wrong. */
    public enum Reason {
        /** The node could not be read; {@code message} says how. */
        UNREADABLE,
        /** The node serves another chain. */
        WRONG_CHAIN,
        /** There is no code at the hub's address. */
        NO_HUB,
        /** The hub's code has another hash than configured. */
        WRONG_HUB_CODE,
        /** The contract at the hub's address is no PoCo hub of a version that is read here. */
        UNKNOWN_HUB,
        /** Fewer nodes answer than must agree, or those that do answer differently. */
        TOO_FEW_NODES,
        /** No node proves what it says. */
        NO_PROOFS
    }

    private final Reason reason;

    /** @param message what happened, what was expected, what to do; never the node's URL */
    public ChainRefused(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** What was wrong, for programs. */
    public Reason reason() {
        return reason;
    }
}
