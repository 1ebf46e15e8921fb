package io.attested.sms.boot;

import org.jspecify.annotations.Nullable;

/** The settings contradict a rule of the service; it does not start. */
public final class StartRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what is set, what is expected, what to do */
    public StartRefused(String message) {
        super(message);
    }

    /** Refuses a start without a setting that has no default; the binder leaves what is not set {@code null}. */
    static void whenMissing(String key, @Nullable Object value, String expected) {
        if (value == null) {
            throw new StartRefused(key + " is not set; expected " + expected);
        }
    }
}
