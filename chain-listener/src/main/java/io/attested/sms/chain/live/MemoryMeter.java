package io.attested.sms.chain.live;

/** Where look-ups are counted by what they cost. Implementations are safe for many threads, do not block or throw. */
public interface MemoryMeter {
    /** Counts nothing. */
    MemoryMeter NONE = new MemoryMeter() {
        @Override
        public void hit() {}

        @Override
        public void miss() {}
    };

    /** A look-up of a task or an owner was answered, or refused, without a question to a node. */
    void hit();

    /** A look-up of a task or an owner asked the nodes. */
    void miss();
}
