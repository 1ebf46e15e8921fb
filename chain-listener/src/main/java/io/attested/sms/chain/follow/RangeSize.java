package io.attested.sms.chain.follow;

/** How many blocks to ask events of at once: halved when refused, a quarter more after each answer. */
final class RangeSize {
    private final long most;
    private long blocks;

    RangeSize(long most) {
        this.most = most;
        this.blocks = most;
    }

    /** Last block of a range that starts at {@code from} and goes no further than {@code last}, both included. */
    long end(long from, long last) {
        return Math.min(last, from + blocks - 1);
    }

    long blocks() {
        return blocks;
    }

    void answered() {
        blocks = Math.min(most, blocks + Math.max(1, blocks / 4));
    }

    /** Whether a smaller range can be asked for. */
    boolean shrink() {
        boolean smaller = blocks > 1;
        blocks = Math.max(1, blocks / 2);
        return smaller;
    }
}
