package io.attested.sms.operate.admin.jdbc;

import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.audit.AuditEntry;
import io.attested.sms.audit.Event;
import io.attested.sms.audit.HashChain;
import io.attested.sms.audit.LogEntry;
import io.attested.sms.audit.LogHead;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.keyring.BackupDamaged;
import io.attested.sms.keyring.KeyPurpose;
import io.attested.sms.keyring.KeyScope;
import io.attested.sms.keyring.Keyring;
import io.attested.sms.keyring.RootKeyRefused;
import io.attested.sms.keyring.TamperedRecord;
import io.attested.sms.operate.admin.Contents;
import io.attested.sms.operate.store.jdbc.OpenStore;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a backup once: its keys open under the root key, its log is one unbroken chain whose heads its service key signed,
 * and how that chain stands to this store's.
 */
final class ImageCheck implements ImageForm.Reader, AutoCloseable {
    /** Entries that a store has before anybody used it. */
    private static final Set<Event> BEFORE_USE =
            Set.of(Event.STORE_CREATED, Event.MEASUREMENTS_CHANGED, Event.POLICY_CHANGED);

    private final OpenStore store;
    private final LogHead ownHead;
    private final KeyScope scope;
    private final SecretBytes root;
    private final SecureRandom random;
    private final Map<KeyPurpose, byte[]> wrapped = new EnumMap<>(KeyPurpose.class);
    private final HeadsInOrder heads = new HeadsInOrder();
    private Optional<Contents> contents = Optional.empty();
    private Optional<Keyring> keyring = Optional.empty();
    private Optional<Bytes32> hashAtOwnHead = Optional.empty();
    private long sequence;
    private Bytes32 hash = HashChain.GENESIS;
    private boolean headAtLast;

    ImageCheck(OpenStore store, KeyScope scope, SecretBytes root, SecureRandom random) {
        this.store = store;
        this.ownHead = store.log().head();
        this.scope = scope;
        this.root = root;
        this.random = random;
    }

    /** How this store's log stands to the backup's. */
    enum Relation {
        /** This store's log is the backup's or a continuation of it. */
        EXTENDED,
        /** The backup's log continues this store's. */
        BEHIND,
        /** This store was never used. */
        FRESH,
        DIVERGED
    }

    @Override
    public void contents(Contents read) {
        contents = Optional.of(read);
    }

    Contents contents() {
        return contents.orElseThrow();
    }

    @Override
    public void row(StoreTable table, List<@Nullable Object> values) throws IOException {
        try {
            switch (table) {
                case WRAPPED_KEYS -> wrapped.put(KeyPurpose.valueOf((String) value(values, 0)), bytes(values, 1));
                case LOG_HEADS -> head(new LogHead(number(values, 0), Bytes32.of(bytes(values, 1)), bytes(values, 2)));
                case LOG_ENTRIES -> entry(number(values, 0), bytes(values, 1), Bytes32.of(bytes(values, 2)));
                case MEASUREMENTS_SEEN,
                        POLICY_SEEN,
                        CHAIN_CHECKPOINT,
                        REDEEMED_NONCES,
                        SECRETS,
                        OWNERS_SEEN,
                        ACCEPTED_CHALLENGES,
                        IMPORTED_CHALLENGE_KEYS -> {
                    // Authentic as a part of the file; what they say is looked at row by row when they are restored.
                }
            }
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new BackupDamaged("a row of " + table.table() + " is not one this service writes");
        }
    }

    @Override
    public void tableEnds(StoreTable table) throws IOException {
        switch (table) {
            case WRAPPED_KEYS -> keyring = Optional.of(unwrapped());
            case LOG_ENTRIES -> requireWhole();
            case MEASUREMENTS_SEEN,
                    POLICY_SEEN,
                    CHAIN_CHECKPOINT,
                    LOG_HEADS,
                    REDEEMED_NONCES,
                    SECRETS,
                    OWNERS_SEEN,
                    ACCEPTED_CHALLENGES,
                    IMPORTED_CHALLENGE_KEYS -> {
                // Nothing to conclude.
            }
        }
    }

    private Keyring unwrapped() throws IOException {
        try {
            return Keyring.unwrap(root, scope, wrapped, random);
        } catch (RootKeyRefused | TamperedRecord e) {
            throw new BackupDamaged("its keys do not open for this realm, chain and hub under this root key");
        }
    }

    private void entry(long number, byte[] entry, Bytes32 written) throws IOException {
        Bytes32 next = HashChain.next(hash, entry);
        if (number != sequence + 1 || !next.equals(written)) {
            throw new BackupDamaged("its log is broken at entry " + (sequence + 1));
        }
        AuditEntry.parse(entry);
        sequence = number;
        hash = next;
        Optional<Bytes32> head = heads.takeAt(number);
        headAtLast = head.isPresent();
        if (head.isPresent() && !head.get().equals(next)) {
            throw new BackupDamaged("its log is broken at entry " + number + ": its signed head is another");
        }
        if (number == ownHead.sequence()) {
            hashAtOwnHead = Optional.of(next);
        }
    }

    private void head(LogHead head) throws IOException {
        byte[] statement = LogHead.statement(head.sequence(), head.hash());
        if (!keyring.orElseThrow().serviceKey().verifies(LogHead.DOMAIN, statement, head.signature())
                || !heads.add(head.sequence(), head.hash())) {
            throw new BackupDamaged(
                    "the head of its log at entry " + head.sequence() + " is not signed by its service");
        }
    }

    private void requireWhole() throws IOException {
        if (!headAtLast
                || !heads.allTaken()
                || sequence != contents().sequence()
                || !hash.equals(contents().head())) {
            throw new BackupDamaged("its log does not end where it says");
        }
    }

    /** After everything was read. */
    Relation relation() {
        boolean sameKeys = keyring.orElseThrow()
                .serviceKey()
                .publicKey()
                .equals(store.keyring().serviceKey().publicKey());
        if (sameKeys && sequence <= ownHead.sequence() && hash.equals(ownHash(sequence))) {
            return Relation.EXTENDED;
        }
        if (sameKeys && hashAtOwnHead.equals(Optional.of(ownHead.hash()))) {
            return Relation.BEHIND;
        }
        return neverUsed() ? Relation.FRESH : Relation.DIVERGED;
    }

    private Bytes32 ownHash(long at) {
        List<LogEntry> entries = store.log().entriesAfter(at - 1, 1);
        return entries.isEmpty() ? HashChain.GENESIS : entries.getFirst().hash();
    }

    private boolean neverUsed() {
        boolean empty = store.database()
                        .jdbc()
                        .sql("select (select count(*) from secrets) + (select count(*) from accepted_challenges)"
                                + " + (select count(*) from redeemed_nonces)"
                                + " + (select count(*) from imported_challenge_keys)")
                        .query(Long.class)
                        .single()
                == 0;
        return empty
                && store.log().entriesAfter(0, 1000).stream()
                        .allMatch(entry -> BEFORE_USE.contains(entry.entry().event()))
                && store.log().head().sequence() < 1000;
    }

    /** The head of this store's log that the relation is about. */
    LogHead comparedWith() {
        return ownHead;
    }

    /** The backup's keys, which are the caller's from here on. */
    Keyring takeKeyring() {
        Keyring taken = keyring.orElseThrow();
        keyring = Optional.empty();
        return taken;
    }

    @Override
    public void close() {
        keyring.ifPresent(Keyring::close);
    }

    private static Object value(List<@Nullable Object> values, int index) {
        return Objects.requireNonNull(values.get(index), "the column is not null");
    }

    private static long number(List<@Nullable Object> values, int index) {
        return (Long) value(values, index);
    }

    private static byte[] bytes(List<@Nullable Object> values, int index) {
        return (byte[]) value(values, index);
    }
}
