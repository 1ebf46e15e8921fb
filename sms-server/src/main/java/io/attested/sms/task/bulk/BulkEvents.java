package io.attested.sms.task.bulk;

/** Learns what becomes of the lists of bulk deals. Implementations are quick and safe for many threads. */
public interface BulkEvents {
    /** Learns nothing. */
    BulkEvents NONE = new BulkEvents() {
        @Override
        public void judged(int usable, int unusable) {}

        @Override
        public void listUnavailable(String reason) {}

        @Override
        public void listInvalid(String reason) {}

        @Override
        public void chainUnavailable() {}
    };

    /** A slice was read and judged. */
    void judged(int usable, int unusable);

    /** A list could not be read. */
    void listUnavailable(String reason);

    /** What was read is no list. */
    void listInvalid(String reason);

    /** The chain could not judge the orders. */
    void chainUnavailable();
}
