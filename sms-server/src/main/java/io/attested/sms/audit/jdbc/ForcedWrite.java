package io.attested.sms.audit.jdbc;

/** Makes everything committed before the call survive a power loss; returns when it does. */
@FunctionalInterface
public interface ForcedWrite {
    /** Throws an unchecked exception when the write may not have reached the disk. */
    void force();
}
