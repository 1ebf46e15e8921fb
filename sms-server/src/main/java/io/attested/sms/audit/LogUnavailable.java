package io.attested.sms.audit;

/**
 * The log could not make a change durable, so nothing may be acknowledged or released: an outage, answered with 503.
 *
 * <p>When {@link #fateUnknown} holds, the change may or may not have reached the disk; the caller may try again, every
 * change of this service can be repeated.
 */
public final class LogUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean fateUnknown;

    public LogUnavailable(String message, boolean fateUnknown) {
        super(message);
        this.fateUnknown = fateUnknown;
    }

    public LogUnavailable(String message, boolean fateUnknown, Throwable cause) {
        super(message, cause);
        this.fateUnknown = fateUnknown;
    }

    /** Whether the change may have become durable all the same. */
    public boolean fateUnknown() {
        return fateUnknown;
    }
}
