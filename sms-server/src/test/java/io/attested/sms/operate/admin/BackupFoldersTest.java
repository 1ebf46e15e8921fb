package io.attested.sms.operate.admin;

import static io.attested.sms.operate.admin.AdminScene.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.operate.store.TestStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where backups may lie, and one operation at a time. */
class BackupFoldersTest {
    private static final AdminOutcome DONE = new AdminOutcome.Done();
    private static final AdminOutcome MISSING = new AdminOutcome.Missing();
    private static final AdminOutcome INVALID = new AdminOutcome.Invalid();

    @TempDir
    private Path folder;

    private AdminScene scene;
    private Backups backups;

    @BeforeEach
    void backUp() throws Exception {
        scene = AdminScene.open(folder);
        backups = scene.backups();
        assertThat(backups.backup()).isEqualTo(DONE);
        Files.createDirectories(scene.location().resolve("far"));
        Files.createDirectories(folder.resolve("backup-evil"));
        Files.createSymbolicLink(scene.location().resolve("link"), folder.resolve("backup-evil"));
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private Path far() {
        return scene.location().resolve("far");
    }

    @Test
    void aBackupIsReplicatedCopiedRestoredAndDeleted() throws Exception {
        assertThat(backups.replicate(id(far()), "monday")).isEqualTo(DONE);
        assertThat(backups.copy(id(far()), "monday", id(scene.location()), Optional.of("tuesday")))
                .isEqualTo(DONE);
        assertThat(backups.copy(id(far()), "monday", id(scene.location()), Optional.empty()))
                .isEqualTo(DONE);
        assertThat(backups.restore(id(scene.location()), "tuesday")).isEqualTo(DONE);
        assertThat(backups.delete(id(scene.location()), "tuesday")).isEqualTo(DONE);
        assertThat(backups.restore(id(scene.location()), "tuesday")).isEqualTo(MISSING);
        try (Stream<Path> files = Files.list(scene.location())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("far", "work", "link", "monday", "monday.key");
        }
        assertThat(Files.getPosixFilePermissions(scene.location().resolve("monday")))
                .hasSize(2);
    }

    @Test
    void copiesNeverOverwrite() throws Exception {
        backups.replicate(id(far()), "monday");
        byte[] before = Files.readAllBytes(far().resolve("monday"));
        backups.backup();
        assertThat(backups.replicate(id(far()), "monday")).isInstanceOf(AdminOutcome.Failed.class);
        Files.createFile(far().resolve("half.key"));
        assertThat(backups.replicate(id(far()), "half")).isInstanceOf(AdminOutcome.Failed.class);
        assertThat(far().resolve("half")).doesNotExist();
        assertThat(Files.readAllBytes(far().resolve("monday"))).isEqualTo(before);
    }

    @Test
    void aDamagedBackupIsNotSpread() throws Exception {
        Files.write(scene.work().resolve("backup.sql"), new byte[] {1});
        assertThat(backups.replicate(id(far()), "monday")).isInstanceOf(AdminOutcome.Failed.class);
        try (Stream<Path> files = Files.list(far())) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aNewBackupTakesThePlaceOfTheOldOne() {
        assertThat(backups.backup()).isEqualTo(DONE);
        assertThat(scene.restore()).isEqualTo(DONE);
    }

    @Test
    void withoutTheFolderWorkNothingIsBackedUp() throws Exception {
        AdminScene other = AdminScene.open(folder.resolve("other"));
        try (other) {
            Files.delete(other.work());
            assertThat(other.backups().backup()).isInstanceOf(AdminOutcome.Failed.class);
        }
    }

    @Test
    void foldersOutsideAreRefusedByTheirRealPath() {
        String up = scene.location() + "/far/../../backup-evil";
        for (String path : List.of(
                folder.resolve("backup-evil").toString(),
                up,
                scene.location() + "/../backup-evil",
                scene.location().resolve("link").toString(),
                "/",
                "/tmp",
                "backup/far",
                "",
                scene.location() + "/far\n",
                scene.location() + "/f\u0000ar")) {
            String storage = HexFormat.of().formatHex(path.getBytes(StandardCharsets.US_ASCII));
            if (!storage.isEmpty()) {
                assertThat(backups.replicate(storage, "monday")).as(path).isInstanceOf(AdminOutcome.Failed.class);
                assertThat(backups.restore(storage, "monday")).as(path).isInstanceOf(AdminOutcome.Failed.class);
                assertThat(backups.delete(storage, "monday")).as(path).isInstanceOf(AdminOutcome.Failed.class);
                assertThat(backups.copy(id(scene.work()), Backups.NAME, storage, Optional.empty()))
                        .as(path)
                        .isInstanceOf(AdminOutcome.Failed.class);
            }
        }
        assertThat(folder.resolve("backup-evil")).isEmptyDirectory();
        assertThat(backups.replicate(id(Path.of(scene.location() + "/far/../far/.")), "inside"))
                .isEqualTo(DONE);
    }

    @Test
    void storageIdsThatAreNoHexAreRefusedAndUnknownFoldersAreMissing() {
        for (String storage : List.of("zz", "2", "0x2f", "2f zz", "é", "c3a9", "2F746D70FF")) {
            assertThat(backups.replicate(storage, "monday")).as(storage).isInstanceOf(AdminOutcome.Failed.class);
        }
        assertThat(backups.replicate(id(scene.location().resolve("nowhere")), "monday"))
                .isEqualTo(MISSING);
        assertThat(backups.replicate(id(scene.work().resolve("backup.sql")), "monday"))
                .isEqualTo(MISSING);
    }

    @Test
    void namesThatAreMoreThanANameAreRefused() {
        for (String name : List.of(
                "../monday", "far/monday", "/etc/passwd", "..", ".", "a\\b", "a\u0000b", "a\nb", "x".repeat(201))) {
            assertThat(backups.replicate(id(far()), name)).as(name).isInstanceOf(AdminOutcome.Failed.class);
            assertThat(backups.copy(id(scene.work()), Backups.NAME, id(far()), Optional.of(name)))
                    .as(name)
                    .isInstanceOf(AdminOutcome.Failed.class);
            assertThat(backups.delete(id(far()), name)).as(name).isInstanceOf(AdminOutcome.Failed.class);
        }
        assertThat(far()).isEmptyDirectory();
    }

    @Test
    void blankNamesAreInvalid() {
        for (String blank : List.of("", " ", "\t")) {
            assertThat(backups.replicate(id(far()), blank)).isEqualTo(INVALID);
            assertThat(backups.replicate(blank, "monday")).isEqualTo(INVALID);
            assertThat(backups.restore(id(far()), blank)).isEqualTo(INVALID);
            assertThat(backups.delete(blank, "monday")).isEqualTo(INVALID);
            assertThat(backups.copy(id(far()), "monday", blank, Optional.empty()))
                    .isEqualTo(INVALID);
        }
    }

    @Test
    void filesThatAreLinksAreNoBackups() throws Exception {
        Files.createSymbolicLink(far().resolve("monday"), scene.work().resolve("backup.sql"));
        Files.copy(scene.work().resolve("backup.sql.key"), far().resolve("monday.key"));
        assertThat(backups.restore(id(far()), "monday")).isEqualTo(MISSING);
        assertThat(backups.copy(id(far()), "monday", id(scene.location()), Optional.empty()))
                .isEqualTo(MISSING);
        assertThat(backups.delete(id(far()), "monday")).isInstanceOf(AdminOutcome.Failed.class);
    }

    @Test
    void oneMissingFileOfThePairIsMissingExceptWhereItIsDeleted() throws Exception {
        backups.replicate(id(far()), "monday");
        Files.delete(far().resolve("monday.key"));
        assertThat(backups.restore(id(far()), "monday")).isEqualTo(MISSING);
        assertThat(backups.delete(id(far()), "monday")).isInstanceOf(AdminOutcome.Failed.class);
        assertThat(far().resolve("monday")).exists();
    }

    @Test
    void anotherOperationUnderWayIsToldAsBusy() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        StoreImage real = scene.image();
        Backups slow = scene.backups(new StoreImage() {
            @Override
            public Contents write(java.io.OutputStream out, io.attested.sms.attestation.seal.SecretBytes root)
                    throws java.io.IOException {
                inside.countDown();
                try {
                    go.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return real.write(out, root);
            }

            @Override
            public Verified verify(Source source, io.attested.sms.attestation.seal.SecretBytes root)
                    throws java.io.IOException, RestoreRefused {
                return real.verify(source, root);
            }
        });
        try (ExecutorService one = Executors.newSingleThreadExecutor()) {
            Future<AdminOutcome> first = one.submit(slow::backup);
            inside.await();
            assertThat(slow.backup()).isEqualTo(new AdminOutcome.Busy());
            assertThat(slow.delete(id(far()), "monday")).isEqualTo(new AdminOutcome.Busy());
            assertThat(slow.delete(id(far()), " ")).isEqualTo(INVALID);
            go.countDown();
            assertThat(first.get()).isEqualTo(DONE);
        }
        assertThat(slow.backup()).isEqualTo(DONE);
    }

    /** Sealed under a key that does not open the store's own, it could be restored nowhere. */
    @Test
    void aBackupIsNotMadeUnderAnotherRootKeyThanTheStores() throws Exception {
        Path key = folder.resolve("key/root.key");
        byte[] own = Files.readAllBytes(key);
        byte[] backup = Files.readAllBytes(scene.work().resolve("backup.sql"));
        byte[] other = own.clone();
        other[other.length - 1] ^= 1;
        Files.write(key, other);

        assertThat(backups.backup()).isInstanceOf(AdminOutcome.Failed.class);
        assertThat(Files.readAllBytes(scene.work().resolve("backup.sql"))).isEqualTo(backup);

        Files.write(key, own);
        assertThat(backups.backup()).isEqualTo(DONE);
    }

    @Test
    void backupsAndCopiesLeaveTheReserveOnTheDisk() throws Exception {
        long more = Files.getFileStore(far()).getUsableSpace() * 2;
        Backups tight = scene.backups(scene.image(), new StorageRoom(scene.location(), more, OptionalLong.empty()));
        byte[] before = Files.readAllBytes(scene.work().resolve("backup.sql"));

        assertThat(tight.backup()).isInstanceOf(AdminOutcome.Failed.class);
        assertThat(tight.replicate(id(far()), "monday")).isInstanceOf(AdminOutcome.Failed.class);

        assertThat(far()).isEmptyDirectory();
        assertThat(Files.readAllBytes(scene.work().resolve("backup.sql"))).isEqualTo(before);
        assertThat(names(scene.work())).containsExactlyInAnyOrder("backup.sql", "backup.sql.key");
        assertThat(tight.restore(id(scene.work()), Backups.NAME)).isEqualTo(DONE);
    }

    @Test
    void allBackupsTogetherStayWithinTheLimit() throws Exception {
        long pair = Files.size(scene.work().resolve("backup.sql"))
                + Files.size(scene.work().resolve("backup.sql.key"));
        long limit = 3 * pair + BackupHeader.LARGEST;
        Backups limited = scene.backups(scene.image(), new StorageRoom(scene.location(), 0, OptionalLong.of(limit)));
        List<AdminOutcome> outcomes = Stream.of("a", "b", "c", "d", "e", "f")
                .map(name -> limited.replicate(id(far()), name))
                .toList();
        assertThat(outcomes.subList(0, 2)).containsOnly(DONE);
        assertThat(outcomes.subList(2, 6)).hasOnlyElementsOfType(AdminOutcome.Failed.class);
        try (Stream<Path> files = Files.walk(scene.location())) {
            assertThat(files.filter(Files::isRegularFile)
                            .mapToLong(file -> file.toFile().length())
                            .sum())
                    .isLessThanOrEqualTo(limit);
        }
        assertThat(limited.delete(id(far()), "a")).isEqualTo(DONE);
        assertThat(limited.replicate(id(far()), "f")).isEqualTo(DONE);
    }

    @Test
    void aBackupThatGrowsBeyondTheRoomEndsAndTheOldOneStays() throws Exception {
        byte[] before = Files.readAllBytes(scene.work().resolve("backup.sql"));
        StoreImage real = scene.image();
        Backups limited = scene.backups(
                new StoreImage() {
                    @Override
                    public Contents write(java.io.OutputStream out, io.attested.sms.attestation.seal.SecretBytes root)
                            throws java.io.IOException {
                        for (int i = 0; i < 64; i++) {
                            out.write(new byte[1 << 20]);
                        }
                        return real.write(out, root);
                    }

                    @Override
                    public Verified verify(Source source, io.attested.sms.attestation.seal.SecretBytes root)
                            throws java.io.IOException, RestoreRefused {
                        return real.verify(source, root);
                    }
                },
                new StorageRoom(scene.location(), 0, OptionalLong.of(16 << 20)));

        assertThat(limited.backup()).isInstanceOf(AdminOutcome.Failed.class);
        assertThat(Files.readAllBytes(scene.work().resolve("backup.sql"))).isEqualTo(before);
        assertThat(names(scene.work())).containsExactlyInAnyOrder("backup.sql", "backup.sql.key");
    }

    @Test
    void partsThatACrashLeftAreDeletedOnceTheyAreOld() throws Exception {
        Path old = scene.work().resolve(".0a1b2c3d-0a1b-4c3d-8e5f-0123456789ab.part");
        Path young = scene.work().resolve(".1a1b2c3d-0a1b-4c3d-8e5f-0123456789ab.part");
        Path another = scene.work().resolve(".mine.part");
        Path inFar = far().resolve(".2a1b2c3d-0a1b-4c3d-8e5f-0123456789ab.part");
        for (Path part : List.of(old, young, another, inFar)) {
            Files.write(part, new byte[100]);
        }
        for (Path part : List.of(old, another, inFar)) {
            Files.setLastModifiedTime(
                    part,
                    java.nio.file.attribute.FileTime.from(
                            java.time.Instant.now().minusSeconds(4000)));
        }

        assertThat(backups.backup()).isEqualTo(DONE);
        assertThat(old).doesNotExist();
        assertThat(young).exists();
        assertThat(another).exists();
        assertThat(backups.replicate(id(far()), "monday")).isEqualTo(DONE);
        assertThat(inFar).doesNotExist();
    }

    /** {@code backup} puts its second file in the place of whatever has that name. */
    @Test
    void noCopyGetsTheNameOfASecondFileOrOfAPart() {
        backups.replicate(id(far()), "monday");
        backups.delete(id(scene.work()), Backups.NAME);
        for (String name : List.of("backup.sql.key", ".key", ".0a1b2c3d-0a1b-4c3d-8e5f-0123456789ab.part")) {
            assertThat(backups.copy(id(far()), "monday", id(scene.work()), Optional.of(name)))
                    .as(name)
                    .isInstanceOf(AdminOutcome.Failed.class);
        }
        assertThat(scene.work()).isEmptyDirectory();
    }

    @Test
    void aDeletionThatWasCutOffDoesNotTakeTheNameForEver() throws Exception {
        backups.replicate(id(far()), "monday");
        Files.delete(far().resolve("monday"));
        assertThat(backups.replicate(id(far()), "monday")).isInstanceOf(AdminOutcome.Failed.class);
        assertThat(backups.delete(id(far()), "monday")).isInstanceOf(AdminOutcome.Failed.class);
        assertThat(backups.replicate(id(far()), "monday")).isEqualTo(DONE);
    }

    private static List<String> names(Path folder) throws java.io.IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void withoutAStorageLocationNothingIsDone() {
        Backups nowhere = new Backups(
                Optional.empty(),
                scene.image(),
                TestStore.rootKey(folder),
                new OutOfService(false, false),
                new java.security.SecureRandom());
        assertThat(nowhere.backup()).isInstanceOf(AdminOutcome.Failed.class);
        assertThat(nowhere.restore(id(far()), "monday")).isInstanceOf(AdminOutcome.Failed.class);
    }
}
