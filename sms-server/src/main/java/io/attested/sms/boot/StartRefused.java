package io.attested.sms.boot;

/** The settings contradict a rule of the service; it does not start. */
public final class StartRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what is set, what is expected, what to do */
    public StartRefused(String message) {
        super(message);
    }
}
