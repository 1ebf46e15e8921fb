package io.attested.sms.operate.store;

import com.sun.security.auth.module.UnixSystem;

/** The user the service runs as, to whom its key and its store must belong. */
public final class ServiceUser {
    private ServiceUser() {}

    /** Numeric id (POSIX uid) of this process's user. */
    public static long currentId() {
        return new UnixSystem().getUid();
    }
}
