package io.attested.sms.operate.admin.jdbc;

import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.audit.LogHead;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.keyring.Keyring;
import io.attested.sms.keyring.TamperedRecord;
import io.attested.sms.keyring.jdbc.WrappedKeyTable;
import io.attested.sms.operate.admin.Contents;
import io.attested.sms.operate.admin.RestoreRefused;
import io.attested.sms.operate.admin.StoreImage;
import io.attested.sms.operate.store.StoreRefused;
import io.attested.sms.operate.store.StoreStamp;
import io.attested.sms.operate.store.jdbc.OpenStore;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** An open store as an image. */
public final class JdbcStoreImage implements StoreImage {
    private final OpenStore store;
    private final StoreStamp stamp;
    private final InstantSource clock;
    private final SecureRandom random;

    /** {@code stamp} is the store's. */
    public JdbcStoreImage(OpenStore store, StoreStamp stamp, InstantSource clock, SecureRandom random) {
        this.store = store;
        this.stamp = stamp;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Contents write(OutputStream out, SecretBytes root) throws IOException {
        requireOwn(root);
        TransactionTemplate snapshot = new TransactionTemplate(store.database().transactions());
        // Every table as of one commit, so that the log's last head covers the last entry.
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_SERIALIZABLE);
        snapshot.setReadOnly(true);
        try {
            Contents contents = snapshot.execute(status -> writeAll(new DataOutputStream(out)));
            if (contents == null) {
                throw new IllegalStateException("the transaction ended without contents");
            }
            return contents;
        } catch (UncheckedIOException e) {
            throw Objects.requireNonNull(e.getCause());
        }
    }

    /** The file of the root key may have been exchanged since the start, which alone compares it with the store. */
    private void requireOwn(SecretBytes root) throws IOException {
        try {
            Keyring.unwrap(
                            root,
                            stamp.keyScope(),
                            new WrappedKeyTable(store.database().jdbc()).all(),
                            random)
                    .close();
        } catch (TamperedRecord altered) {
            throw new IOException(altered.getMessage());
        }
    }

    private Contents writeAll(DataOutputStream out) {
        JdbcClient jdbc = store.database().jdbc();
        try {
            Contents contents = contents(jdbc);
            ImageForm.writeContents(out, contents);
            for (StoreTable table : StoreTable.values()) {
                out.writeUTF(table.table());
                jdbc.sql(table.select()).query(row -> {
                    try {
                        RowForm.write(out, table, row);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
                RowForm.end(out);
            }
            ImageForm.writeEnd(out);
            return contents;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Contents contents(JdbcClient jdbc) {
        LogHead head = jdbc.sql("select sequence, hash, signature from log_heads order by sequence desc limit 1")
                .query((row, number) -> new LogHead(row.getLong(1), Bytes32.of(row.getBytes(2)), row.getBytes(3)))
                .single();
        return new Contents(
                stamp, clock.instant(), store.keyring().serviceKey().serviceId(), head.sequence(), head.hash());
    }

    @Override
    public Verified verify(Source source, SecretBytes root) throws IOException, RestoreRefused {
        ImageCheck check = new ImageCheck(store, stamp.keyScope(), root, random);
        try {
            ImageForm.read(source.open(), check);
            requireSameStamp(check.contents().stamp());
            return switch (check.relation()) {
                case EXTENDED -> new Merge(store, source, check.contents(), check.takeKeyring(), clock);
                case BEHIND, FRESH ->
                    new Replacement(store, source, check.contents(), check.comparedWith(), check.takeKeyring(), clock);
                case DIVERGED ->
                    throw new RestoreRefused("the backup's log and this store's part from each other: the backup is of"
                            + " another store, or of another history of it; expected one of which the other is the"
                            + " continuation; restore it into an empty store, or restore a backup of this one");
            };
        } finally {
            check.close();
        }
    }

    private void requireSameStamp(StoreStamp found) throws RestoreRefused {
        try {
            stamp.requireSame(found);
        } catch (StoreRefused other) {
            throw new RestoreRefused("the backup is of another store: " + other.getMessage());
        }
    }
}
