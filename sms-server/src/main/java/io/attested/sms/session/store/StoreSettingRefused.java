package io.attested.sms.session.store;

/** A session store cannot be reached as configured, so the service must not start. The message says what to do. */
public final class StoreSettingRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreSettingRefused(String message) {
        super(message);
    }

    StoreSettingRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
