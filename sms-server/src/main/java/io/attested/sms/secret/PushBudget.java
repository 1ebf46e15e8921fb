package io.attested.sms.secret;

import java.util.function.LongSupplier;

/**
 * What pushes may use up.
 *
 * @param namesPerOwner most secrets one owner may have, over all kinds
 * @param reserveBytes disk space that pushes leave for grants and their log
 * @param usableBytes asks the disk for its usable space, in bytes
 */
public record PushBudget(int namesPerOwner, long reserveBytes, LongSupplier usableBytes) {
    /** Quota of the native protocol, section 7. */
    public static final int NAMES_PER_OWNER = 128;

    void requireSpace() {
        long usable = usableBytes.getAsLong();
        if (usable < reserveBytes) {
            throw new StoreFull(usable, reserveBytes);
        }
    }
}
