package io.attested.sms.session;

import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.audit.AuditEntry;
import io.attested.sms.audit.AuditLog;
import io.attested.sms.audit.ChainCheck;
import io.attested.sms.audit.Committed;
import io.attested.sms.audit.LogEntry;
import io.attested.sms.audit.LogHead;
import io.attested.sms.audit.LogUnavailable;
import io.attested.sms.audit.Recorded;
import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.keyring.KeyScope;
import io.attested.sms.keyring.Keyring;
import io.attested.sms.operate.store.TestStore;
import io.attested.sms.secret.ChallengeMark;
import io.attested.sms.secret.PushBudget;
import io.attested.sms.secret.SealedSecret;
import io.attested.sms.secret.SecretId;
import io.attested.sms.secret.SecretStore;
import io.attested.sms.secret.SecretVault;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A vault and a log that live in memory, for tests that need no disk; the log can go down. */
public final class MemoryVault {
    private final List<AuditEntry> entries = new ArrayList<>();
    private final Rows rows = new Rows();
    private final Keyring keyring;
    private final SecretVault vault;
    private boolean logDown;

    /** An empty one with fresh keys. */
    public MemoryVault() {
        this.keyring = Keyring.generate(
                        SecretBytes.owning(new byte[32]), new KeyScope("dev", 65535, TestStore.HUB), new SecureRandom())
                .keyring();
        this.vault = new SecretVault(
                keyring,
                rows,
                log(),
                TestStore.CLOCK,
                new PushBudget(PushBudget.NAMES_PER_OWNER, 0, () -> Long.MAX_VALUE),
                TestStore.MEASUREMENTS);
    }

    public SecretVault vault() {
        return vault;
    }

    public Keyring keyring() {
        return keyring;
    }

    /** Stores a first value. */
    public void push(SecretId id, Address owner, String value) {
        vault.push(TestStore.push(id, owner, value));
    }

    /** Takes every row out, as nothing in the service does. */
    void lose(SecretId id) {
        rows.secrets.keySet().removeIf(key -> key.equals(id));
    }

    /** What was recorded, oldest first. */
    public List<AuditEntry> entries() {
        return List.copyOf(entries);
    }

    void breakLog() {
        logDown = true;
    }

    /** A log without durability. */
    public AuditLog log() {
        return new AuditLog() {
            @Override
            public <T> Committed<T> commit(Supplier<Recorded<T>> change) {
                if (logDown) {
                    throw new LogUnavailable("down", false);
                }
                Recorded<T> recorded = change.get();
                recorded.entry().ifPresent(entries::add);
                return new Committed<>(recorded.outcome(), head());
            }

            @Override
            public LogHead head() {
                return new LogHead(entries.size(), Bytes32.ZERO, new byte[64]);
            }

            @Override
            public List<LogEntry> entriesAfter(long sequence, int limit) {
                throw new UnsupportedOperationException("read entries()");
            }

            @Override
            public ChainCheck verifyChain() {
                return new ChainCheck.Intact(entries.size(), head());
            }

            @Override
            public void close() {}
        };
    }

    /** One row for each secret: nothing is sold here. */
    private static final class Rows implements SecretStore {
        private final Map<SecretId, SealedSecret> secrets = new HashMap<>();
        private final Map<Address, Address> owners = new HashMap<>();
        private final Set<ChallengeMark> marks = new HashSet<>();

        @Override
        public Optional<SealedSecret> find(SecretId id, Address owner) {
            return Optional.ofNullable(secrets.get(id))
                    .filter(secret -> secret.owner().equals(owner));
        }

        @Override
        public boolean existsForAnyOwner(SecretId id) {
            return secrets.containsKey(id);
        }

        @Override
        public int countOf(Address owner) {
            return 0;
        }

        @Override
        public void insert(SealedSecret secret) {
            secrets.put(secret.id(), secret);
        }

        @Override
        public void replace(SealedSecret secret) {
            secrets.put(secret.id(), secret);
        }

        @Override
        public Optional<Address> ownerLastSeen(Address asset) {
            return Optional.ofNullable(owners.get(asset));
        }

        @Override
        public void rememberOwner(Address asset, Address owner) {
            owners.put(asset, owner);
        }

        @Override
        public boolean isAccepted(ChallengeMark mark) {
            return marks.contains(mark);
        }

        @Override
        public void accept(ChallengeMark mark) {
            marks.add(mark);
        }
    }
}
