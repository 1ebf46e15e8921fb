package io.attested.sms.keyring;

import java.util.Map;

/** Keeps the wrapped records of the key hierarchy. They are useless without the root key. */
public interface WrappedKeys {
    /** All records; empty in a new store. */
    Map<KeyPurpose, byte[]> all();

    /** Writes the records of a new store, within the caller's transaction. */
    void insertAll(Map<KeyPurpose, byte[]> wrapped);
}
