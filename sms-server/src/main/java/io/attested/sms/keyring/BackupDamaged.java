package io.attested.sms.keyring;

import java.io.IOException;

/** A backup that cannot be believed: altered, cut off, of another root key, or not one of this service's. */
public final class BackupDamaged extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param what what is wrong with "it", the backup */
    public BackupDamaged(String what) {
        super("the backup cannot be used: " + what
                + "; expected an unaltered backup made with this root key; take another copy of it");
    }
}
