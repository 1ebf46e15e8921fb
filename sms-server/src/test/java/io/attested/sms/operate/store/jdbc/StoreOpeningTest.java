package io.attested.sms.operate.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.audit.AuditEntry;
import io.attested.sms.audit.Event;
import io.attested.sms.audit.Field;
import io.attested.sms.audit.LogEntry;
import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.keyring.RootKeyRefused;
import io.attested.sms.keyring.TamperedRecord;
import io.attested.sms.operate.store.Realm;
import io.attested.sms.operate.store.ServiceUser;
import io.attested.sms.operate.store.StoreRefused;
import io.attested.sms.operate.store.StoreStamp;
import io.attested.sms.operate.store.TestStore;
import io.attested.sms.secret.SealedSecret;
import io.attested.sms.secret.SecretId;
import io.attested.sms.secret.SecretVault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreOpeningTest {
    private static final Address ALICE = TestStore.address(0xa11ce);
    private static final SecretId KEY = new SecretId.DatasetKey(TestStore.address(0xda7a));

    @TempDir
    private Path folder;

    private void openWith(StoreStamp stamp) {
        try (DurableStore database = TestStore.database(folder)) {
            TestStore.open(folder, database, stamp, TestStore.MEASUREMENTS).close();
        }
    }

    private List<AuditEntry> entries(OpenStore store) {
        return store.log().entriesAfter(0, 100).stream().map(LogEntry::entry).toList();
    }

    private void pushOne() {
        try (OpenStore store = TestStore.open(folder)) {
            TestStore.vault(store).push(TestStore.push(KEY, ALICE, "value"));
        }
    }

    @Test
    void openWhenEmptyThenCreatedWithStampKeysAndFirstEntry() {
        Bytes32 serviceKey;
        try (OpenStore store = TestStore.open(folder)) {
            serviceKey = store.keyring().serviceKey().publicKey();
            assertThat(entries(store)).hasSize(1).first().satisfies(entry -> {
                assertThat(entry.event()).isEqualTo(Event.STORE_CREATED);
                assertThat(entry.fields())
                        .containsEntry(Field.REALM, "dev")
                        .containsEntry(Field.MEASUREMENTS_DIGEST, TestStore.MEASUREMENTS.toString());
            });
        }
        try (OpenStore store = TestStore.open(folder)) {
            assertThat(store.keyring().serviceKey().publicKey()).isEqualTo(serviceKey);
            assertThat(entries(store)).hasSize(1);
        }
    }

    @Test
    void openWhenTheFirstStartWasCutOffAfterTheKeyFileThenTheKeyIsKept() {
        SecretBytes key = TestStore.rootKey(folder).forEmptyStore();
        TestStore.open(folder).close();
        assertThat(TestStore.rootKey(folder).forExistingStore()).isEqualTo(key);
    }

    /** A configuration that differs in one thing, and the refusal it meets. */
    record Mismatch(StoreStamp configured, StoreRefused.Reason reason) {}

    static Stream<Mismatch> mismatches() {
        StoreStamp right = TestStore.STAMP;
        return Stream.of(
                new Mismatch(
                        new StoreStamp(Realm.PRODUCTION, right.chainId(), right.hub(), right.trustRootDigest()),
                        StoreRefused.Reason.OTHER_REALM),
                new Mismatch(
                        new StoreStamp(right.realm(), 134, right.hub(), right.trustRootDigest()),
                        StoreRefused.Reason.OTHER_CHAIN),
                new Mismatch(
                        new StoreStamp(right.realm(), right.chainId(), ALICE, right.trustRootDigest()),
                        StoreRefused.Reason.OTHER_HUB),
                new Mismatch(
                        new StoreStamp(right.realm(), right.chainId(), right.hub(), TestStore.bytes32(9)),
                        StoreRefused.Reason.OTHER_TRUST_ROOT));
    }

    @ParameterizedTest
    @MethodSource("mismatches")
    void openWhenConfiguredForAnotherStoreThenRefused(Mismatch mismatch) {
        openWith(TestStore.STAMP);
        assertThatThrownBy(() -> openWith(mismatch.configured()))
                .isInstanceOfSatisfying(
                        StoreRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(mismatch.reason()))
                .hasMessageContaining("was created for")
                .hasMessageContaining("configuration says");
        openWith(TestStore.STAMP);
    }

    @Test
    void openWhenTheStampWasRewrittenThenTheKeysDoNotOpen() {
        openWith(TestStore.STAMP);
        try (DurableStore database = TestStore.database(folder)) {
            database.jdbc().sql("update store_stamp set realm = 'production'").update();
        }
        StoreStamp production =
                new StoreStamp(Realm.PRODUCTION, 65535, TestStore.HUB, TestStore.STAMP.trustRootDigest());
        assertThatThrownBy(() -> openWith(production)).isInstanceOf(RootKeyRefused.class);
    }

    @Test
    void openWhenTheStampIsGoneThenRefusedAndNotCreatedAnew() {
        pushOne();
        try (DurableStore database = TestStore.database(folder)) {
            database.jdbc().sql("delete from store_stamp").update();
        }
        assertThatThrownBy(() -> openWith(TestStore.STAMP))
                .isInstanceOfSatisfying(
                        StoreRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(StoreRefused.Reason.NOT_A_STORE));
    }

    @Test
    void openWhenTheRootKeyIsGoneThenRefused() throws IOException {
        pushOne();
        Files.delete(folder.resolve("key/root.key"));
        assertThatThrownBy(() -> openWith(TestStore.STAMP))
                .isInstanceOfSatisfying(
                        RootKeyRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(RootKeyRefused.Reason.MISSING));
        assertThat(folder.resolve("key/root.key")).doesNotExist();
    }

    @Test
    void openWhenTheRootKeyIsAnotherStoresThenRefused() throws IOException {
        pushOne();
        Files.delete(folder.resolve("key/root.key"));
        TestStore.rootKey(folder).forEmptyStore();
        assertThatThrownBy(() -> openWith(TestStore.STAMP))
                .isInstanceOfSatisfying(
                        RootKeyRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(RootKeyRefused.Reason.ANOTHER_KEY));
    }

    @Test
    void openWhenARowOfAnotherStoreIsCopiedInThenTampered() {
        pushOne();
        Path other = folder.resolve("other");
        StoreStamp production =
                new StoreStamp(Realm.PRODUCTION, 65535, TestStore.HUB, TestStore.STAMP.trustRootDigest());
        SealedSecret foreign;
        try (OpenStore store = TestStore.open(other, TestStore.database(other), production, TestStore.MEASUREMENTS)) {
            TestStore.vault(store).push(TestStore.push(KEY, ALICE, "value"));
            foreign = store.secrets().find(KEY, ALICE).orElseThrow();
        }
        try (OpenStore store = TestStore.open(folder)) {
            store.database()
                    .jdbc()
                    .sql("update secrets set wrapped_key = ?, ciphertext = ?")
                    .params(foreign.value().wrappedKey(), foreign.value().ciphertext())
                    .update();
            SecretVault vault = TestStore.vault(store);
            assertThatThrownBy(() -> vault.open(KEY, ALICE)).isInstanceOf(TamperedRecord.class);
        }
    }

    @Test
    void anotherPolicyThanTheLastOneIsAnEntryOnce() {
        try (OpenStore store = TestStore.open(folder)) {
            PolicySeen seen = new PolicySeen(store.database().jdbc(), store.log(), TestStore.CLOCK);
            seen.note(TestStore.bytes32(1));
            seen.note(TestStore.bytes32(1));
            assertThat(entries(store)).extracting(AuditEntry::event).doesNotContain(Event.POLICY_CHANGED);
            seen.note(TestStore.bytes32(2));
            seen.note(TestStore.bytes32(2));
            assertThat(entries(store))
                    .filteredOn(entry -> entry.event() == Event.POLICY_CHANGED)
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.fields())
                            .containsEntry(
                                    Field.POLICY_DIGEST, TestStore.bytes32(2).toString()));
        }
    }

    @Test
    void openWhenTheMeasurementsFileChangedThenTheLogSaysSoOnce() {
        pushOne();
        Bytes32 changed = TestStore.bytes32(0xc4a9);
        for (int start = 0; start < 2; start++) {
            try (OpenStore store = TestStore.open(folder, TestStore.database(folder), TestStore.STAMP, changed)) {
                assertThat(entries(store))
                        .filteredOn(entry -> entry.event() == Event.MEASUREMENTS_CHANGED)
                        .hasSize(1)
                        .allSatisfy(entry -> assertThat(entry.fields())
                                .containsEntry(Field.MEASUREMENTS_DIGEST, changed.toString()));
            }
        }
    }

    @Test
    void openWhenInUseThenRefused() {
        try (OpenStore store = TestStore.open(folder)) {
            assertThat(store.log().head().sequence()).isEqualTo(1);
            Path sameStore = folder;
            // H2 shares a database within a process, so the second opening goes through another file system's name.
            assertThatThrownBy(() -> DurableStore.open(sameStore.resolve("store"), ServiceUser.currentId(), "async:")
                            .close())
                    .isInstanceOfSatisfying(
                            StoreRefused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(StoreRefused.Reason.UNAVAILABLE));
        }
    }

    @Test
    void readerThatIsInterruptedDoesNotCloseTheDatabase() throws Exception {
        try (DurableStore database = TestStore.database(folder)) {
            database.jdbc()
                    .sql("create table filler (id int primary key, text varchar)")
                    .update();
            database.jdbc()
                    .sql("insert into filler select \"X\", repeat('a' || \"X\", 500) from system_range(1, 5000)")
                    .update();
        }
        // Opened anew, nothing is in H2's cache, so the interruption meets a read of the file.
        try (DurableStore database = TestStore.database(folder)) {
            FutureTask<Object> read = new FutureTask<>(() -> {
                Thread.currentThread().interrupt();
                return database.jdbc()
                        .sql("select count(text) from filler")
                        .query()
                        .singleValue();
            });
            Thread.ofPlatform().start(read);
            assertThat(read.get()).isEqualTo(5000L);
            assertThat(database.jdbc().sql("delete from filler").update()).isEqualTo(5000);
        }
    }

    @Test
    void openWhenTheDatabaseFileIsGoneThenRefusedAndNotCreatedAnew() throws IOException {
        pushOne();
        Files.delete(folder.resolve("store/sms.mv.db"));
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> TestStore.open(folder))
                    .isInstanceOfSatisfying(
                            StoreRefused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(StoreRefused.Reason.NOT_A_STORE));
        }
    }

    @Test
    void openWhenTheDatabaseFileIsGarbageThenRefused() throws IOException {
        pushOne();
        Files.writeString(folder.resolve("store/sms.mv.db"), "no database".repeat(2000));
        assertThatThrownBy(() -> TestStore.open(folder))
                .isInstanceOfSatisfying(
                        StoreRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(StoreRefused.Reason.UNAVAILABLE));
    }

    @Test
    void folderAndFilesAreTheOwnersOnly() throws IOException {
        pushOne();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("store"))))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(folder.resolve("store"))) {
            for (Path file : files.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo("rw-------");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxr-x---", "rwx--x--x", "rwx-----x", "rwxrwxrwx"})
    void openWhenTheFolderIsOpenToOthersThenRefused(String permissions) throws IOException {
        Files.createDirectory(folder.resolve("store"));
        Files.setPosixFilePermissions(folder.resolve("store"), PosixFilePermissions.fromString(permissions));
        assertUnsafe(() -> TestStore.database(folder).close());
    }

    @Test
    void openWhenTheFolderIsALinkOrSomebodyElsesThenRefused() throws IOException {
        Path real = Files.createDirectory(
                folder.resolve("real"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createSymbolicLink(folder.resolve("store"), real);
        assertUnsafe(() -> TestStore.database(folder).close());
        assertUnsafe(() -> DurableStore.open(real, ServiceUser.currentId() + 1).close());
        DurableStore.open(real, ServiceUser.currentId()).close();
    }

    private static void assertUnsafe(org.assertj.core.api.ThrowableAssert.ThrowingCallable opening) {
        assertThatThrownBy(opening)
                .isInstanceOfSatisfying(
                        StoreRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(StoreRefused.Reason.UNSAFE_FOLDER))
                .hasMessageContaining("expected");
    }

    @Test
    void usableBytesAreTheDisks() {
        try (OpenStore store = TestStore.open(folder)) {
            assertThat(store.database().usableBytes()).isPositive();
            assertThat(TestStore.vault(store).open(KEY, ALICE)).isEqualTo(Optional.empty());
        }
    }
}
