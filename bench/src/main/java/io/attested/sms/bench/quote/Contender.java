package io.attested.sms.bench.quote;

/** One way to verify the quote. */
interface Contender {
    String name();

    /** Verifies so many times, one after another. */
    Round round(int verifications);

    /**
     * What a round took.
     *
     * @param verifications how many
     * @param wallNanos time that passed
     * @param cpuNanos CPU time of the verifying, user and system, with collecting its garbage
     */
    record Round(int verifications, long wallNanos, long cpuNanos) {
        double wallMicros() {
            return wallNanos / 1e3 / verifications;
        }

        double cpuMicros() {
            return cpuNanos / 1e3 / verifications;
        }
    }
}
