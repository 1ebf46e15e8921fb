package io.attested.sms.worker.boot;

/** Hears how far the boot stage has come. Hears no secret. */
@FunctionalInterface
public interface BootListener {
    /** Called after a step, from the boot stage's thread. */
    void reached(BootStep step);

    /**
     * Called while the dataset is decrypted.
     *
     * @param done bytes read so far
     * @param total bytes to read in all
     */
    default void decrypting(long done, long total) {}

    /** The steps, in their order. */
    enum BootStep {
        /** The enclave's own report was read. */
        IDENTITY_READ("read the enclave's own report"),
        /** The application is in private memory and hashed. */
        TREE_COPIED("copied and hashed the application"),
        /** Tree and service are the ones of the launch. */
        LAUNCH_CHECKED("application and service are those of the launch"),
        /** The service gave a challenge. */
        CHALLENGE_RECEIVED("received a challenge"),
        /** Evidence was made for it. */
        EVIDENCE_MADE("made evidence"),
        /** The envelope is genuine, open and for this task. */
        ENVELOPE_OPENED("opened the envelope"),
        /** Dataset and input files are in private memory. */
        INPUTS_READY("put dataset and input files in place"),
        /** The application is about to run. */
        STARTING("starting the application");

        private final String text;

        BootStep(String text) {
            this.text = text;
        }

        /** For a progress line. */
        public String text() {
            return text;
        }
    }
}
