package io.attested.sms.operate.store;

/** The service must not run on this store. The message says what was found, what was expected and what to do. */
public final class StoreRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        OTHER_REALM,
        OTHER_CHAIN,
        OTHER_HUB,
        OTHER_TRUST_ROOT,
        /** Records without a stamp: not a store of this service, or a damaged one. */
        NOT_A_STORE,
        /** The folder is a link, belongs to somebody else or is open to others. */
        UNSAFE_FOLDER,
        /** The database does not open: in use, damaged, or no such path. */
        UNAVAILABLE
    }

    private final Reason reason;

    public StoreRefused(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public StoreRefused(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
