package io.attested.sms.operate.admin;

import static io.attested.sms.operate.admin.AdminScene.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.audit.AuditEntry;
import io.attested.sms.audit.ChainCheck;
import io.attested.sms.audit.Event;
import io.attested.sms.audit.Field;
import io.attested.sms.audit.LogHead;
import io.attested.sms.audit.Recorded;
import io.attested.sms.audit.jdbc.RedeemedNonces;
import io.attested.sms.chain.Address;
import io.attested.sms.keyring.BackupSeal;
import io.attested.sms.operate.store.Realm;
import io.attested.sms.operate.store.StoreStamp;
import io.attested.sms.operate.store.TestStore;
import io.attested.sms.secret.ReplaceOutcome;
import io.attested.sms.secret.SecretId;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a restore brings back, and what it must never do. */
class RestoreTest {
    private static final SecretId.AccountSecret TOKEN = id(1, "token");
    private static final SecretId.AccountSecret KEY = id(2, "key");
    private static final AdminOutcome DONE = new AdminOutcome.Done();

    @TempDir
    private Path folder;

    private static AuditEntry lastEntry(AdminScene scene) {
        return scene.store()
                .log()
                .entriesAfter(scene.store().log().head().sequence() - 1, 1)
                .getFirst()
                .entry();
    }

    @Test
    void aLostSecretComesBackAndTheLogSaysSo() {
        try (AdminScene scene = AdminScene.open(folder)) {
            scene.push(TOKEN, "value");
            assertThat(scene.backups().backup()).isEqualTo(DONE);
            long before = scene.store().log().head().sequence();
            scene.sql("delete from secrets");
            assertThat(scene.value(TOKEN)).isEmpty();
            assertThat(scene.restore()).isEqualTo(DONE);
            assertThat(scene.value(TOKEN)).contains("value");
            assertThat(scene.store().log().head().sequence()).isEqualTo(before + 1);
            assertThat(lastEntry(scene).event()).isEqualTo(Event.STORE_RESTORED);
            assertThat(lastEntry(scene).fields().get(Field.DETAIL)).contains("1 secrets");
            assertThat(scene.store().log().verifyChain()).isInstanceOf(ChainCheck.Intact.class);
            assertThat(scene.service().refuses()).isFalse();
        }
    }

    @Test
    void whatWasPushedSinceStays() {
        try (AdminScene scene = AdminScene.open(folder)) {
            scene.push(TOKEN, "value");
            scene.backups().backup();
            scene.push(KEY, "later");
            scene.replace(TOKEN, "newer");
            assertThat(scene.restore()).isEqualTo(DONE);
            assertThat(scene.value(KEY)).contains("later");
            assertThat(scene.value(TOKEN)).contains("newer");
        }
    }

    @Test
    void aReplacedValueNeverBecomesCurrentAgainNotEvenWhereItsSuccessorIsLost() {
        try (AdminScene scene = AdminScene.open(folder)) {
            scene.push(TOKEN, "old");
            scene.backups().backup();
            scene.replace(TOKEN, "new");
            scene.sql("delete from secrets");
            assertThat(scene.restore()).isEqualTo(DONE);
            assertThat(scene.value(TOKEN)).isEmpty();
            assertThat(lastEntry(scene).fields().get(Field.DETAIL))
                    .contains("0 secrets")
                    .contains("1 secrets of");
        }
    }

    @Test
    void aRowThatWasRolledBackInTheDatabaseIsPutForwardAgain() {
        try (AdminScene scene = AdminScene.open(folder)) {
            scene.push(TOKEN, "old");
            scene.sql("create table kept as select * from secrets");
            scene.replace(TOKEN, "new");
            scene.backups().backup();
            scene.sql("delete from secrets");
            scene.sql("insert into secrets select * from kept");
            assertThat(scene.value(TOKEN)).contains("old");
            scene.restore();
            assertThat(scene.value(TOKEN)).contains("new");
        }
    }

    @Test
    void aRowThatDoesNotOpenIsPutBack() {
        try (AdminScene scene = AdminScene.open(folder)) {
            scene.push(TOKEN, "value");
            scene.backups().backup();
            scene.sql("update secrets set ciphertext = wrapped_key");
            scene.restore();
            assertThat(scene.value(TOKEN)).contains("value");
        }
    }

    @Test
    void acceptedChallengesAndNoncesAreUnited() {
        try (AdminScene scene = AdminScene.open(folder)) {
            RedeemedNonces nonces = new RedeemedNonces(scene.store().database().jdbc());
            scene.push(TOKEN, "first");
            redeem(scene, nonces, 1);
            scene.backups().backup();
            scene.replace(TOKEN, "second");
            redeem(scene, nonces, 2);
            scene.sql("delete from accepted_challenges");
            scene.sql("delete from redeemed_nonces where expires_at = 1");
            scene.replace(TOKEN, "third");
            scene.restore();
            assertThat(scene.vault().replace(TestStore.push(TOKEN, TOKEN.asset(), "first")))
                    .isInstanceOf(ReplaceOutcome.Replayed.class);
            assertThat(scene.vault().replace(TestStore.push(TOKEN, TOKEN.asset(), "third")))
                    .isInstanceOf(ReplaceOutcome.Unchanged.class);
            assertThat(scene.count("redeemed_nonces")).isEqualTo(2);
        }
    }

    private static void redeem(AdminScene scene, RedeemedNonces nonces, long number) {
        scene.store()
                .log()
                .commit(() -> Recorded.silently(
                        nonces.redeem(TestStore.bytes32(number), java.time.Instant.ofEpochMilli(number))));
    }

    @Test
    void anUnusedStoreWithTheSameRootKeyTakesEverythingAndWaitsForAStart() {
        LogHead head;
        Path other = folder.resolve("other");
        try (AdminScene scene = AdminScene.open(folder)) {
            scene.push(TOKEN, "value");
            scene.backups().backup();
            head = scene.store().log().head();
            scene.giveRootKeyTo(other);
        }
        try (AdminScene fresh = AdminScene.open(other, folder.resolve("backup"), TestStore.STAMP)) {
            assertThat(fresh.restore()).isEqualTo(DONE);
            assertThat(fresh.service().refuses()).isTrue();
            for (AdminOutcome refused : List.of(fresh.restore(), fresh.backups().backup())) {
                assertThat(refused)
                        .isInstanceOfSatisfying(
                                AdminOutcome.Failed.class,
                                failed -> assertThat(failed.why()).contains("start the service again"));
            }
        }
        try (AdminScene again = AdminScene.open(other, folder.resolve("backup"), TestStore.STAMP)) {
            assertThat(again.value(TOKEN)).contains("value");
            assertThat(again.store()
                            .log()
                            .entriesAfter(head.sequence() - 1, 1)
                            .getFirst()
                            .hash())
                    .isEqualTo(head.hash());
            assertThat(lastEntry(again).event()).isEqualTo(Event.STORE_RESTORED);
            assertThat(again.store().log().verifyChain()).isInstanceOf(ChainCheck.Intact.class);
        }
    }

    @Test
    void aStoreWhoseLogIsTheBackupsBeginningTakesTheRestAndForgetsNothingSpent() {
        Path older = folder.resolve("older");
        AdminScene scene = AdminScene.open(folder);
        scene.push(TOKEN, "old");
        scene.store()
                .database()
                .jdbc()
                .sql("script to '" + folder.resolve("dump.sql") + "'")
                .query(row -> {});
        scene.replace(TOKEN, "new");
        scene.backups().backup();
        scene.giveRootKeyTo(older);
        scene.close();
        loadDump(older);
        try (AdminScene behind = AdminScene.open(older, folder.resolve("backup"), TestStore.STAMP)) {
            assertThat(behind.value(TOKEN)).contains("old");
            redeem(behind, new RedeemedNonces(behind.store().database().jdbc()), 7);
            assertThat(behind.restore()).isEqualTo(DONE);
            assertThat(behind.service().refuses()).isTrue();
        }
        try (AdminScene again = AdminScene.open(older, folder.resolve("backup"), TestStore.STAMP)) {
            assertThat(again.value(TOKEN)).contains("new");
            assertThat(again.count("redeemed_nonces")).isEqualTo(1);
        }
    }

    /** An older copy of the store, as one that an operator put back. */
    private void loadDump(Path older) {
        try (var database = TestStore.database(older)) {
            database.jdbc().sql("drop all objects").update();
            database.jdbc()
                    .sql("runscript from '" + folder.resolve("dump.sql") + "'")
                    .update();
        }
    }

    @Test
    void whatWasPushedWhileABackupWasVerifiedIsNotReplaced() throws Exception {
        Path other = folder.resolve("other");
        try (AdminScene scene = AdminScene.open(folder)) {
            scene.push(TOKEN, "value");
            scene.backups().backup();
            scene.giveRootKeyTo(other);
        }
        byte[] sealed = Files.readAllBytes(folder.resolve("backup/work/backup.sql"));
        try (AdminScene fresh = AdminScene.open(other, folder.resolve("backup"), TestStore.STAMP);
                SecretBytes root = TestStore.rootKey(other).forExistingStore();
                StoreImage.Verified verified = fresh.image()
                        .verify(
                                () -> BackupSeal.opening(root, new ByteArrayInputStream(sealed))
                                        .content(),
                                root)) {
            fresh.push(KEY, "acknowledged");
            assertThatThrownBy(verified::apply).hasMessageContaining("while the backup was verified");
            assertThat(fresh.value(KEY)).contains("acknowledged");
        }
    }

    @Test
    void storesThatPartedFromEachOtherAreRefused() {
        Path other = folder.resolve("other");
        try (AdminScene scene = AdminScene.open(folder)) {
            scene.push(TOKEN, "value");
            scene.backups().backup();
            scene.giveRootKeyTo(other);
        }
        try (AdminScene used = AdminScene.open(other, folder.resolve("backup"), TestStore.STAMP)) {
            used.push(KEY, "own");
            assertThat(used.restore())
                    .isInstanceOfSatisfying(
                            AdminOutcome.Failed.class,
                            failed -> assertThat(failed.why()).contains("part from each other"));
            assertThat(used.value(KEY)).contains("own");
            assertThat(used.value(TOKEN)).isEmpty();
            assertThat(used.service().refuses()).isFalse();
        }
    }

    @Test
    void aBackupOfAnotherRealmChainOrHubIsRefused() {
        try (AdminScene scene = AdminScene.open(folder)) {
            scene.push(TOKEN, "value");
            scene.backups().backup();
            List<StoreStamp> others = List.of(
                    new StoreStamp(Realm.PRODUCTION, 65535, TestStore.HUB, TestStore.STAMP.trustRootDigest()),
                    new StoreStamp(Realm.DEV, 1, TestStore.HUB, TestStore.STAMP.trustRootDigest()),
                    new StoreStamp(Realm.DEV, 65535, Address.ZERO, TestStore.STAMP.trustRootDigest()),
                    new StoreStamp(Realm.DEV, 65535, TestStore.HUB, TestStore.bytes32(1)));
            for (int i = 0; i < others.size(); i++) {
                Path other = folder.resolve("other" + i);
                scene.giveRootKeyTo(other);
                try (AdminScene foreign = AdminScene.open(other, folder.resolve("backup"), others.get(i))) {
                    assertThat(foreign.restore()).as("stamp %s", i).isInstanceOf(AdminOutcome.Failed.class);
                    assertThat(foreign.count("secrets")).isZero();
                    assertThat(foreign.service().refuses()).isFalse();
                }
            }
        }
    }

    @Test
    void aBackupIsUselessWithoutItsRootKey() throws Exception {
        Path other = folder.resolve("other");
        try (AdminScene scene = AdminScene.open(folder)) {
            scene.push(TOKEN, "plain words of a secret");
            scene.backups().backup();
        }
        for (Path file :
                List.of(folder.resolve("backup/work/backup.sql"), folder.resolve("backup/work/backup.sql.key"))) {
            String text = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
            assertThat(text).doesNotContain("plain words", "token", "SECRET_PUSHED");
            assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        }
        try (AdminScene foreign = AdminScene.open(other, folder.resolve("backup"), TestStore.STAMP)) {
            assertThat(foreign.restore()).isInstanceOf(AdminOutcome.Failed.class);
            assertThat(foreign.count("secrets")).isZero();
        }
    }

    @Test
    void aBackupMadeUnderPushesIsOneInstant() {
        Path other = folder.resolve("other");
        AtomicBoolean stop = new AtomicBoolean();
        try (AdminScene scene = AdminScene.open(folder);
                ExecutorService pushers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int pusher = 0; pusher < 8; pusher++) {
                long owner = 100 + pusher;
                pushers.submit(() -> {
                    for (int i = 0; i < 100 && !stop.get(); i++) {
                        scene.push(id(owner, "name" + i), "value" + i);
                    }
                });
            }
            for (int i = 0; i < 5; i++) {
                assertThat(scene.backups().backup()).isEqualTo(DONE);
                assertThat(scene.restore()).isEqualTo(DONE);
            }
            stop.set(true);
            scene.giveRootKeyTo(other);
        }
        try (AdminScene fresh = AdminScene.open(other, folder.resolve("backup"), TestStore.STAMP)) {
            assertThat(fresh.restore()).isEqualTo(DONE);
        }
        try (AdminScene again = AdminScene.open(other, folder.resolve("backup"), TestStore.STAMP)) {
            long pushes = again.store().log().entriesAfter(0, 10_000).stream()
                    .filter(entry -> entry.entry().event() == Event.SECRET_PUSHED)
                    .count();
            assertThat(again.count("secrets")).isEqualTo(pushes);
            assertThat(again.count("accepted_challenges")).isEqualTo(pushes);
        }
    }
}
