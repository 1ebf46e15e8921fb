package io.attested.sms.operate.admin.jdbc;

import io.attested.sms.audit.AuditEntry;
import io.attested.sms.audit.Event;
import io.attested.sms.audit.Field;
import io.attested.sms.audit.Recorded;
import io.attested.sms.chain.Address;
import io.attested.sms.keyring.AssociatedData;
import io.attested.sms.keyring.BackupDamaged;
import io.attested.sms.keyring.Keyring;
import io.attested.sms.keyring.Sealed;
import io.attested.sms.keyring.TamperedRecord;
import io.attested.sms.operate.admin.Contents;
import io.attested.sms.operate.admin.StoreImage;
import io.attested.sms.operate.store.jdbc.OpenStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Brings back what a store lost, and takes nothing from it.
 *
 * <p>The log stays as it is and gets one entry more. Accepted challenges, redeemed nonces and imported challenge keys are
 * united: what was spent stays spent. A secret is brought back only as the newest version that the store's own log knows
 * of, and only where the store has none, an older one, or one that does not open. So a value that was replaced after the
 * backup never becomes current again; where its successor is lost, nothing is put in its place.
 */
final class Merge implements StoreImage.Verified {
    private final OpenStore store;
    private final StoreImage.Source source;
    private final Contents contents;
    private final Keyring backupKeys;
    private final InstantSource clock;

    Merge(OpenStore store, StoreImage.Source source, Contents contents, Keyring backupKeys, InstantSource clock) {
        this.store = store;
        this.source = source;
        this.contents = contents;
        this.backupKeys = backupKeys;
        this.clock = clock;
    }

    @Override
    public boolean replacesTheStore() {
        return false;
    }

    @Override
    public String apply() throws IOException {
        try {
            String what = store.log().commit(this::change).outcome();
            store.importedKeys().reload();
            return what;
        } catch (UncheckedIOException e) {
            throw Objects.requireNonNull(e.getCause());
        }
    }

    private Recorded<String> change() {
        Union union = new Union(store);
        try {
            ImageForm.read(source.open(), union);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String what = "backup of entry " + contents.sequence() + ", head " + contents.head() + ": " + union.summary();
        return Recorded.with(
                what, AuditEntry.of(Event.STORE_RESTORED, clock.instant()).with(Field.DETAIL, what));
    }

    @Override
    public void close() {
        backupKeys.close();
    }

    /** Runs inside the log's transaction. */
    private static final class Union implements ImageForm.Reader {
        private final OpenStore store;
        private final JdbcClient jdbc;
        private Optional<ValueVersions> versions = Optional.empty();
        private long secrets;
        private long superseded;
        private long owners;
        private long spent;
        private long challengeKeys;

        Union(OpenStore store) {
            this.store = store;
            this.jdbc = store.database().jdbc();
        }

        @Override
        public void contents(Contents read) {
            // Compared when the backup was verified; the file is the same.
        }

        @Override
        public void row(StoreTable table, List<@Nullable Object> values) throws IOException {
            switch (table) {
                case WRAPPED_KEYS, MEASUREMENTS_SEEN, POLICY_SEEN, CHAIN_CHECKPOINT, LOG_HEADS, LOG_ENTRIES -> {
                    // The store's own are newer or the same.
                }
                case SECRETS -> secret(values);
                case OWNERS_SEEN -> owners += insertMissing(table, values);
                case ACCEPTED_CHALLENGES, REDEEMED_NONCES -> spent += insertMissing(table, values);
                case IMPORTED_CHALLENGE_KEYS -> challengeKeys += insertMissing(table, values);
            }
        }

        private int insertMissing(StoreTable table, List<@Nullable Object> values) {
            return jdbc.sql(table.insertMissing()).params(values).update();
        }

        private void secret(List<@Nullable Object> values) throws IOException {
            SecretRow backup = SecretRow.of(values);
            Optional<SecretRow> own = own(backup.key());
            if (own.filter(row -> row.version() >= backup.version() && (row.equals(backup) || opens(row)))
                    .isPresent()) {
                return;
            }
            if (newest(backup.key()) != backup.version() || !opens(backup)) {
                superseded++;
                return;
            }
            jdbc.sql("delete from secrets where kind = ? and asset = ? and name = ? and owner = ?")
                    .params(backup.key().params())
                    .update();
            secrets += insertMissing(StoreTable.SECRETS, values);
        }

        private Optional<SecretRow> own(SecretRow.Key key) {
            return jdbc.sql("select version, wrapped_key, ciphertext from secrets"
                            + " where kind = ? and asset = ? and name = ? and owner = ?")
                    .params(key.params())
                    .query((row, number) -> new SecretRow(
                            key,
                            row.getLong("version"),
                            new Sealed(row.getBytes("wrapped_key"), row.getBytes("ciphertext"))))
                    .optional();
        }

        private long newest(SecretRow.Key key) {
            if (versions.isEmpty()) {
                versions = Optional.of(ValueVersions.of(store.log()));
            }
            return versions.get().newest(key.known());
        }

        private boolean opens(SecretRow row) {
            try {
                store.keyring().open(row.value(), row.associatedData()).close();
                return true;
            } catch (TamperedRecord | IllegalArgumentException damaged) {
                return false;
            }
        }

        String summary() {
            return secrets + " secrets, " + owners + " owners, " + spent + " spent challenges and nonces, "
                    + challengeKeys + " challenge keys brought back; " + superseded
                    + " secrets of the backup were replaced since or do not open, and stay out";
        }
    }

    /** A row of secrets as far as it decides. */
    private record SecretRow(Key key, long version, Sealed value) {
        private record Key(String kind, String asset, String name, String owner) {
            List<Object> params() {
                return List.of(kind, asset, name, owner);
            }

            ValueVersions.SecretKey known() {
                return new ValueVersions.SecretKey(kind, asset, name, owner);
            }
        }

        static SecretRow of(List<@Nullable Object> values) throws IOException {
            try {
                return new SecretRow(
                        new Key(
                                Objects.requireNonNull((String) values.get(0)),
                                Objects.requireNonNull((String) values.get(1)),
                                Objects.requireNonNull((String) values.get(2)),
                                Objects.requireNonNull((String) values.get(3))),
                        Objects.requireNonNull((Long) values.get(4)),
                        new Sealed(Objects.requireNonNull((byte[]) values.get(7)), Objects.requireNonNull((byte[])
                                values.get(8))));
            } catch (NullPointerException e) {
                throw new BackupDamaged("a row of secrets is not one this service writes");
            }
        }

        AssociatedData associatedData() {
            return new AssociatedData(
                    key.kind(), Address.parse(key.asset()), Address.parse(key.owner()), key.name(), version);
        }
    }
}
