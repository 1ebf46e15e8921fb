package io.attested.sms.operate.admin;

/** The backup is genuine and does not belong into this store. */
public final class RestoreRefused extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message what was found, what was expected, what to do */
    public RestoreRefused(String message) {
        super(message);
    }
}
