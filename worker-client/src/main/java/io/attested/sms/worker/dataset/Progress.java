package io.attested.sms.worker.dataset;

/** Hears how far long work on a file has come. */
@FunctionalInterface
public interface Progress {
    /** Hears nothing. */
    Progress SILENT = (done, total) -> {};

    /**
     * Called after each piece, from the working thread.
     *
     * @param done bytes read so far
     * @param total bytes to read in all
     */
    void reached(long done, long total);
}
