package io.attested.sms.operate.store;

import java.util.Locale;

/** What a store is for. It never changes after creation. */
public enum Realm {
    /** Trusts the simulated root; loopback only; depth 0 allowed. */
    DEV,
    /** Trusts Intel's root only. */
    PRODUCTION;

    /** The word in configuration, API and associated data. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
