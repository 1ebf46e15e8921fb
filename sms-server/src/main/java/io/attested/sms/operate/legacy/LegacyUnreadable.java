package io.attested.sms.operate.legacy;

/** What was given is not an original's data, or cannot be read. */
public final class LegacyUnreadable extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** Not the original's, damaged, or the key is another's. */
        NOT_AN_ORIGINALS,
        /** A file that cannot be read now, or is in use. */
        UNAVAILABLE
    }

    private final Reason reason;

    /** @param message what was found, what was expected, what to do; never a value */
    public LegacyUnreadable(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
