package io.attested.sms.operate.admin.jdbc;

import io.attested.sms.audit.AuditEntry;
import io.attested.sms.audit.Event;
import io.attested.sms.audit.Field;
import io.attested.sms.audit.HashChain;
import io.attested.sms.audit.LogHead;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.keyring.Keyring;
import io.attested.sms.operate.admin.Contents;
import io.attested.sms.operate.admin.StoreImage;
import io.attested.sms.operate.store.jdbc.OpenStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts a backup in the place of a store that was never used, or whose log is a beginning of the backup's.
 *
 * <p>The log is closed first, so that nothing is written beside it; it stays closed, and the keys in memory are not those
 * of the database any more: the service has to be started again. One transaction holds everything, the entry that says so
 * included, signed by the backup's service key. What was spent in the store stays spent.
 */
final class Replacement implements StoreImage.Verified {
    private final OpenStore store;
    private final StoreImage.Source source;
    private final Contents contents;
    private final LogHead replaced;
    private final Keyring backupKeys;
    private final InstantSource clock;

    /** {@code replaced} is the head of this store's log that the backup was compared with. */
    Replacement(
            OpenStore store,
            StoreImage.Source source,
            Contents contents,
            LogHead replaced,
            Keyring backupKeys,
            InstantSource clock) {
        this.replaced = replaced;
        this.store = store;
        this.source = source;
        this.contents = contents;
        this.backupKeys = backupKeys;
        this.clock = clock;
    }

    @Override
    public boolean replacesTheStore() {
        return true;
    }

    @Override
    public String apply() throws IOException {
        String what = "backup of entry " + contents.sequence() + ", head " + contents.head()
                + ": the whole store; start the service again";
        store.log().close();
        if (!store.log().head().equals(replaced)) {
            throw new IOException("something was written into the store while the backup was verified; nothing was"
                    + " changed, but the service has to be started again; restore while nobody uses it");
        }
        try {
            new TransactionTemplate(store.database().transactions()).executeWithoutResult(status -> replaceAll(what));
            store.database().force();
            return what;
        } catch (UncheckedIOException e) {
            throw Objects.requireNonNull(e.getCause());
        }
    }

    private void replaceAll(String what) {
        JdbcClient jdbc = store.database().jdbc();
        for (StoreTable table : StoreTable.values()) {
            if (table != StoreTable.ACCEPTED_CHALLENGES && table != StoreTable.REDEEMED_NONCES) {
                jdbc.sql("delete from " + table.table()).update();
            }
        }
        try {
            ImageForm.read(source.open(), new ImageForm.Reader() {
                @Override
                public void contents(Contents read) {
                    // Compared when the backup was verified; the file is the same.
                }

                @Override
                public void row(StoreTable table, List<@Nullable Object> values) {
                    jdbc.sql(table.insertMissing()).params(values).update();
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        append(jdbc, AuditEntry.of(Event.STORE_RESTORED, clock.instant()).with(Field.DETAIL, what));
    }

    private void append(JdbcClient jdbc, AuditEntry entry) {
        byte[] bytes = entry.canonicalBytes();
        long sequence = contents.sequence() + 1;
        Bytes32 hash = HashChain.next(contents.head(), bytes);
        byte[] signature = backupKeys.serviceKey().sign(LogHead.DOMAIN, LogHead.statement(sequence, hash));
        jdbc.sql("insert into log_entries (sequence, entry, hash) values (?, ?, ?)")
                .params(sequence, bytes, hash.bytes())
                .update();
        jdbc.sql("insert into log_heads (sequence, hash, signature) values (?, ?, ?)")
                .params(sequence, hash.bytes(), signature)
                .update();
    }

    @Override
    public void close() {
        backupKeys.close();
    }
}
