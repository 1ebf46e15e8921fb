package io.attested.sms.operate.store.jdbc;

import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.audit.AuditEntry;
import io.attested.sms.audit.AuditLog;
import io.attested.sms.audit.Event;
import io.attested.sms.audit.Field;
import io.attested.sms.audit.LogBroken;
import io.attested.sms.audit.Recorded;
import io.attested.sms.audit.jdbc.GroupCommitLog;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.keyring.Keyring;
import io.attested.sms.keyring.RootKeyRefused;
import io.attested.sms.keyring.RootKeySource;
import io.attested.sms.keyring.jdbc.ImportedChallengeKeyTable;
import io.attested.sms.keyring.jdbc.WrappedKeyTable;
import io.attested.sms.operate.store.StoreRefused;
import io.attested.sms.operate.store.StoreStamp;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Creates a store in an empty database, or opens an existing one after checking that it is the right one.
 *
 * <p>The first transaction of a store holds its stamp, its wrapped keys and the log's first entry, so that no crash
 * leaves a store without one of them.
 */
public final class StoreOpening {
    private final StoreStamp stamp;
    private final Bytes32 measurementsDigest;
    private final RootKeySource rootKeys;
    private final InstantSource clock;
    private final SecureRandom random;

    /**
     * {@code stamp} is what the configuration asks for; {@code measurementsDigest} is the SHA-256 of the measurements
     * file in use, a change of which is recorded in the log.
     */
    public StoreOpening(
            StoreStamp stamp,
            Bytes32 measurementsDigest,
            RootKeySource rootKeys,
            InstantSource clock,
            SecureRandom random) {
        this.stamp = stamp;
        this.measurementsDigest = measurementsDigest;
        this.rootKeys = rootKeys;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Opens the store; closing the result closes {@code database} too, a refusal leaves it open.
     *
     * @throws StoreRefused when it belongs to another realm, chain, hub or trust root, or is no store
     * @throws RootKeyRefused when the root key cannot be trusted or is another store's
     * @throws LogBroken when the log contradicts its signed head
     */
    public OpenStore open(DurableStore database) {
        StampTable table = new StampTable(database.jdbc());
        Optional<StoreStamp> found = table.stamp();
        if (found.isPresent()) {
            stamp.requireSame(found.get());
            return reopen(database, table);
        }
        if (table.holdsRecords()) {
            throw new StoreRefused(
                    StoreRefused.Reason.NOT_A_STORE,
                    "the database holds records but no stamp that says for which realm, chain and hub; expected a"
                            + " stamped store or an empty folder; restore the store from a backup");
        }
        return create(database, table);
    }

    private OpenStore create(DurableStore database, StampTable table) {
        try (SecretBytes root = rootKeys.forEmptyStore()) {
            Keyring.Generated generated = Keyring.generate(root, stamp.keyScope(), random);
            return start(
                    database,
                    generated.keyring(),
                    log -> log.commit(() -> {
                        table.insert(stamp);
                        table.rememberMeasurements(measurementsDigest);
                        new WrappedKeyTable(database.jdbc()).insertAll(generated.wrapped());
                        return Recorded.with(stamp, entry(Event.STORE_CREATED));
                    }));
        }
    }

    private OpenStore reopen(DurableStore database, StampTable table) {
        try (SecretBytes root = rootKeys.forExistingStore()) {
            var wrapped = new WrappedKeyTable(database.jdbc()).all();
            Keyring keyring = Keyring.unwrap(root, stamp.keyScope(), wrapped, random);
            return start(database, keyring, log -> noteMeasurements(table, log));
        }
    }

    private void noteMeasurements(StampTable table, AuditLog log) {
        if (!table.measurements().equals(Optional.of(measurementsDigest))) {
            log.commit(() -> {
                table.rememberMeasurements(measurementsDigest);
                return Recorded.with(measurementsDigest, entry(Event.MEASUREMENTS_CHANGED));
            });
        }
    }

    /** Starts the log and makes the first change of this start; when one of them fails, no key is left behind. */
    private static OpenStore start(DurableStore database, Keyring keyring, Consumer<AuditLog> firstChange) {
        try {
            AuditLog log = GroupCommitLog.start(
                    database.jdbc(), database.transactions(), database::force, keyring.serviceKey());
            try {
                firstChange.accept(log);
                ImportedChallengeKeyTable imported = ImportedChallengeKeyTable.open(database.jdbc());
                return new OpenStore(database, keyring.withImported(imported), log, imported);
            } catch (RuntimeException failure) {
                log.close();
                throw failure;
            }
        } catch (RuntimeException failure) {
            keyring.close();
            throw failure;
        }
    }

    private AuditEntry entry(Event event) {
        return AuditEntry.of(event, clock.instant())
                .with(Field.REALM, stamp.realm().word())
                .with(Field.TRUST_ROOT, stamp.trustRootDigest())
                .with(Field.MEASUREMENTS_DIGEST, measurementsDigest);
    }
}
