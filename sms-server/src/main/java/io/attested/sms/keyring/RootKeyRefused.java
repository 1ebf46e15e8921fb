package io.attested.sms.keyring;

/** The root key cannot be used, so the service must not start. The message says what to do. */
public final class RootKeyRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** The store holds records, the key that wraps them is not there. */
        MISSING,
        /** A key is there, but this store was created with another. */
        ANOTHER_KEY,
        /** The key's path is a symbolic link. */
        SYMBOLIC_LINK,
        /** The key's path is a folder or a device. */
        NOT_A_FILE,
        /** The key file belongs to another user. */
        FOREIGN_OWNER,
        /** Others than the owner may read or write the key file or replace it. */
        WIDE_PERMISSIONS,
        /** The file does not have the form of a root key. */
        MALFORMED,
        /** The file system does not let the service read or write the key durably. */
        UNREADABLE
    }

    private final Reason reason;

    public RootKeyRefused(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public RootKeyRefused(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
