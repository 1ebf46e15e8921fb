package io.attested.sms.operate.store.jdbc;

import io.attested.sms.audit.AuditLog;
import io.attested.sms.keyring.Keyring;
import io.attested.sms.keyring.jdbc.ImportedChallengeKeyTable;
import io.attested.sms.secret.SecretStore;
import io.attested.sms.secret.jdbc.SecretTables;

/** A store the service may run on: its database, its keys and its log. Closing drains the log first. */
public record OpenStore(DurableStore database, Keyring keyring, AuditLog log, ImportedChallengeKeyTable importedKeys)
        implements AutoCloseable {
    /** The rows of the vault. */
    public SecretStore secrets() {
        return new SecretTables(database.jdbc());
    }

    @Override
    public void close() {
        log.close();
        keyring.close();
        database.close();
    }
}
