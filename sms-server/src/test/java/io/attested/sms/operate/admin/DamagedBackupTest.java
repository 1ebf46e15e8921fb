package io.attested.sms.operate.admin;

import static io.attested.sms.operate.admin.AdminScene.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.audit.ChainCheck;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.keyring.BackupDamaged;
import io.attested.sms.keyring.BackupSeal;
import io.attested.sms.keyring.RootKeySource;
import io.attested.sms.operate.store.TestStore;
import io.attested.sms.secret.SecretId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Backups that somebody touched, and restores that do not come to their end. */
class DamagedBackupTest {
    private static final SecretId.AccountSecret TOKEN = id(1, "token");

    /** Length of the header: the word, a line feed, the salt. */
    private static final int HEADER = 45;

    private static final int FRAME = 5 + 64 * 1024 + 16;

    @TempDir
    private Path folder;

    private AdminScene scene;

    @BeforeEach
    void backUpSeveralFrames() {
        scene = AdminScene.open(folder);
        scene.push(TOKEN, "value");
        for (int i = 0; i < 40; i++) {
            scene.push(id(50, "filler" + i), "x".repeat(4000));
        }
        assertThat(scene.backups().backup()).isEqualTo(new AdminOutcome.Done());
        scene.sql("delete from secrets");
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private byte[] sealed() throws IOException {
        return Files.readAllBytes(scene.work().resolve("backup.sql"));
    }

    /** Puts other bytes in the backup's place, with the checksum that belongs to them. */
    private void forge(byte[] bytes) throws Exception {
        Path header = scene.work().resolve("backup.sql.key");
        BackupHeader known = BackupHeader.parse(Files.readAllBytes(header)).orElseThrow();
        Bytes32 sum = Bytes32.of(MessageDigest.getInstance("SHA-256").digest(bytes));
        Files.write(scene.work().resolve("backup.sql"), bytes);
        Files.write(header, new BackupHeader(known.contents(), bytes.length, sum).json());
    }

    private void assertRefused(String what) {
        long before = scene.store().log().head().sequence();
        assertThat(scene.restore()).as(what).isInstanceOf(AdminOutcome.Failed.class);
        assertThat(scene.count("secrets")).as(what).isZero();
        assertThat(scene.store().log().head().sequence()).isEqualTo(before);
        assertThat(scene.service().refuses()).as(what).isFalse();
    }

    @Test
    void anyAlteredByteIsRefused() throws Exception {
        byte[] whole = sealed();
        Random places = new Random(7);
        int[] fixed = {0, 13, HEADER, HEADER + 1, HEADER + 5, whole.length - 1, HEADER + FRAME, HEADER + FRAME + 5};
        for (int i = 0; i < 40; i++) {
            int place = i < fixed.length ? fixed[i] : places.nextInt(whole.length);
            byte[] altered = whole.clone();
            altered[place] ^= (byte) (1 << places.nextInt(8));
            forge(altered);
            assertRefused("byte " + place);
        }
        forge(whole);
        assertThat(scene.restore()).isEqualTo(new AdminOutcome.Done());
        assertThat(scene.value(TOKEN)).contains("value");
    }

    @Test
    void anAlteredByteIsFoundByTheChecksumBeforeAnythingIsOpened() throws Exception {
        byte[] altered = sealed();
        altered[altered.length / 2] ^= 1;
        Files.write(scene.work().resolve("backup.sql"), altered);
        assertThat(scene.restore())
                .isInstanceOfSatisfying(
                        AdminOutcome.Failed.class,
                        failed -> assertThat(failed.why()).contains("checksum"));
    }

    @Test
    void cutSwappedRepeatedAndLengthenedBackupsAreRefused() throws Exception {
        byte[] whole = sealed();
        assertThat(whole.length).isGreaterThan(HEADER + 2 * FRAME);
        forge(Arrays.copyOf(whole, HEADER + FRAME));
        assertRefused("cut at a frame's end");
        forge(Arrays.copyOf(whole, whole.length - 1));
        assertRefused("cut in a frame");
        forge(Arrays.copyOf(whole, HEADER));
        assertRefused("header only");
        forge(new byte[0]);
        assertRefused("empty");
        forge(Arrays.copyOf(whole, whole.length + 1));
        assertRefused("one byte more");
        byte[] swapped = whole.clone();
        System.arraycopy(whole, HEADER, swapped, HEADER + FRAME, FRAME);
        System.arraycopy(whole, HEADER + FRAME, swapped, HEADER, FRAME);
        forge(swapped);
        assertRefused("two frames swapped");
        byte[] repeated = new byte[whole.length + FRAME];
        System.arraycopy(whole, 0, repeated, 0, HEADER + FRAME);
        System.arraycopy(whole, HEADER, repeated, HEADER + FRAME, whole.length - HEADER);
        forge(repeated);
        assertRefused("a frame repeated");
    }

    @Test
    void theFrameThatEndsABackupCannotEndAnother() throws Exception {
        byte[] whole = sealed();
        byte[] flagged = Arrays.copyOf(whole, HEADER + FRAME);
        flagged[HEADER] = 1;
        forge(flagged);
        assertRefused("a middle frame called the last");
    }

    @Test
    void framesOfAnotherBackupOfTheSameStoreDoNotFit() throws Exception {
        byte[] first = sealed();
        scene.restore();
        scene.backups().backup();
        scene.sql("delete from secrets");
        byte[] second = sealed();
        byte[] mixed = second.clone();
        System.arraycopy(first, HEADER, mixed, HEADER, FRAME);
        forge(mixed);
        assertRefused("a frame of another backup");
    }

    @Test
    void sealedContentThatIsNotAStoreIsRefused() throws Exception {
        try (SecretBytes root = TestStore.rootKey(folder).forExistingStore()) {
            for (byte[] plain : new byte[][] {{}, {0, 3, 'a', 'b', 'c'}, new byte[100_000]}) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                try (OutputStream sealing = BackupSeal.sealing(root, new SecureRandom(), out)) {
                    sealing.write(plain);
                }
                forge(out.toByteArray());
                assertRefused(plain.length + " bytes");
            }
        }
    }

    @Test
    void sealedStreamsOfEveryLengthAroundAFrameComeBack() throws Exception {
        try (SecretBytes root = SecretBytes.owning(new byte[RootKeySource.KEY_LENGTH])) {
            for (int length : new int[] {0, 1, 65_535, 65_536, 65_537, 131_072, 200_000}) {
                byte[] plain = new byte[length];
                new Random(length).nextBytes(plain);
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                try (OutputStream sealing = BackupSeal.sealing(root, new SecureRandom(), out)) {
                    sealing.write(plain);
                }
                InputStream content = BackupSeal.opening(root, new ByteArrayInputStream(out.toByteArray()))
                        .content();
                assertThat(content.readAllBytes()).isEqualTo(plain);
            }
        }
    }

    /** The same backup, of which the second reading breaks off in the middle. */
    private StoreImage.Source breakingOff(SecretBytes root, Runnable inTheMiddle) {
        return new StoreImage.Source() {
            private int readings;

            @Override
            public InputStream open() throws IOException {
                InputStream content = BackupSeal.opening(root, new ByteArrayInputStream(sealed()))
                        .content();
                readings++;
                return readings == 1 ? content : new BreakingOff(content, inTheMiddle);
            }
        };
    }

    private static final class BreakingOff extends InputStream {
        private final InputStream content;
        private final Runnable inTheMiddle;
        private int left = 120_000;

        BreakingOff(InputStream content, Runnable inTheMiddle) {
            this.content = content;
            this.inTheMiddle = inTheMiddle;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left <= 0) {
                inTheMiddle.run();
                throw new BackupDamaged("the disk went away");
            }
            int read = content.read(target, offset, Math.min(length, left));
            left -= Math.max(read, 1);
            return read;
        }
    }

    @Test
    void aRestoreThatBreaksOffInTheMiddleChangesNothing() throws Exception {
        long entries = scene.store().log().head().sequence();
        try (SecretBytes root = TestStore.rootKey(folder).forExistingStore();
                StoreImage.Verified verified = scene.image().verify(breakingOff(root, () -> {}), root)) {
            assertThatThrownBy(verified::apply).isInstanceOf(BackupDamaged.class);
        }
        assertThat(scene.count("secrets")).isZero();
        assertThat(scene.store().log().head().sequence()).isEqualTo(entries);
        assertThat(scene.store().log().verifyChain()).isInstanceOf(ChainCheck.Intact.class);
        assertThat(scene.restore()).isEqualTo(new AdminOutcome.Done());
        assertThat(scene.value(TOKEN)).contains("value");
    }

    @Test
    void aRestoreThatFailsLeavesTheServiceOffline() {
        StoreImage failing = new StoreImage() {
            @Override
            public Contents write(OutputStream out, SecretBytes root) {
                throw new IllegalStateException("not asked for");
            }

            @Override
            public Verified verify(Source source, SecretBytes root) {
                return new Verified() {
                    @Override
                    public boolean replacesTheStore() {
                        return false;
                    }

                    @Override
                    public String apply() throws IOException {
                        throw new IOException("the disk went away");
                    }

                    @Override
                    public void close() {}
                };
            }
        };
        assertThat(scene.backups(failing).restore(id(scene.work()), Backups.NAME))
                .isInstanceOf(AdminOutcome.Failed.class);
        assertThat(scene.service().refuses()).isTrue();
        assertThat(scene.restore()).isEqualTo(new AdminOutcome.Done());
        assertThat(scene.service().refuses()).isFalse();
    }

    /** Another process that restores and is gone in the middle of it. */
    static final class KilledRestore {
        private KilledRestore() {}

        public static void main(String[] arguments) throws Exception {
            Path store = Path.of(arguments[0]);
            Path backup = Path.of(arguments[1]);
            AdminScene scene = AdminScene.open(store, backup, TestStore.STAMP);
            DamagedBackupTest test = new DamagedBackupTest();
            test.scene = scene;
            try (SecretBytes root = TestStore.rootKey(store).forExistingStore();
                    StoreImage.Verified verified = scene.image()
                            .verify(
                                    test.breakingOff(
                                            root, () -> Runtime.getRuntime().halt(9)),
                                    root)) {
                verified.apply();
            }
        }
    }

    @Test
    @Timeout(300)
    void aKillInTheMiddleOfARestoreLosesNothing() throws Exception {
        scene.giveRootKeyTo(folder.resolve("fresh"));
        scene.close();
        assertThat(restoreAndDie(folder)).isEqualTo(9);
        assertThat(restoreAndDie(folder.resolve("fresh"))).isEqualTo(9);
        scene = AdminScene.open(folder);
        assertThat(scene.store().log().verifyChain()).isInstanceOf(ChainCheck.Intact.class);
        assertThat(scene.count("secrets")).isZero();
        assertThat(scene.count("accepted_challenges")).isEqualTo(41);
        assertThat(scene.restore()).isEqualTo(new AdminOutcome.Done());
        assertThat(scene.value(TOKEN)).contains("value");
        try (AdminScene fresh = AdminScene.open(folder.resolve("fresh"), scene.location(), TestStore.STAMP)) {
            assertThat(fresh.count("secrets")).isZero();
            assertThat(fresh.restore()).isEqualTo(new AdminOutcome.Done());
            assertThat(fresh.count("secrets")).isEqualTo(41);
        }
    }

    private int restoreAndDie(Path store) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledRestore.class.getName(),
                        store.toString(),
                        scene.location().toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("killed.log").toFile())
                .start();
        assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
