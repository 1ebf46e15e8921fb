package io.attested.sms.chain.rpc;

import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.rpc.ReadFailure.Refusal;

/**
 * How many blocks to ask logs of at once: halved when a node refuses, cannot answer in time or answers too much, and
 * grown by a quarter after each success. Not safe for many threads.
 */
public final class LogSpan {
    private final long most;
    private long blocks;

    /** @param most blocks at first and at most, at least 1 */
    public LogSpan(long most) {
        if (most < 1) {
            throw new IllegalArgumentException("a span must have at least one block");
        }
        this.most = most;
        this.blocks = most;
    }

    /** Last block to ask for, both ends included. */
    public long end(long from, long last) {
        return last - from < blocks ? last : from + blocks - 1;
    }

    /** Blocks to ask for now. */
    public long blocks() {
        return blocks;
    }

    /** The last range was answered. */
    public void answered() {
        blocks = Math.min(most, blocks + Math.max(1, blocks / 4));
    }

    /** Whether a smaller range can be asked for; halves it if so. */
    public boolean shrink() {
        boolean smaller = blocks > 1;
        blocks = Math.max(1, blocks / 2);
        return smaller;
    }

    /** As {@link #shrink} when less could help after this failure; otherwise false. */
    public boolean shrinks(ReadFailure failure) {
        boolean less = failure.refusal() == Refusal.TOO_MUCH
                || failure.refusal() == Refusal.OVERSIZED
                || failure.failure().kind() == Kind.TIMEOUT;
        return less && shrink();
    }
}
