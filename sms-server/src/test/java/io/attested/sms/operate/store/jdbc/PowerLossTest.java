package io.attested.sms.operate.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.audit.ChainCheck;
import io.attested.sms.audit.Recorded;
import io.attested.sms.audit.jdbc.ForcedWrite;
import io.attested.sms.audit.jdbc.GroupCommitLog;
import io.attested.sms.chain.Address;
import io.attested.sms.operate.store.ServiceUser;
import io.attested.sms.operate.store.TestStore;
import io.attested.sms.secret.AccountSecretName;
import io.attested.sms.secret.Push;
import io.attested.sms.secret.PushOutcome;
import io.attested.sms.secret.SecretId;
import io.attested.sms.secret.SecretVault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cuts the power at several instants under 64 writers: what was acknowledged before must be in what was forced. */
class PowerLossTest {
    private static final int WRITERS = 64;
    private static final int PUSHES = 10;

    @TempDir
    private Path folder;

    private final Set<SecretId> acknowledged = ConcurrentHashMap.newKeySet();

    private final Random coin = new Random(1);

    /** What was acknowledged at an instant, and what the disk may have held at least and by chance a little later. */
    @SuppressWarnings("ArrayRecordComponent")
    private record PowerCut(Set<SecretId> acknowledged, byte[] least, byte[] byChance) {}

    @BeforeAll
    static void register() {
        TracedFiles.register();
    }

    private DurableStore tracedDatabase() {
        return DurableStore.open(folder.resolve("store"), ServiceUser.currentId(), TracedFiles.SCHEME + ":retry:");
    }

    private String databaseFile() {
        return "retry:" + folder.resolve("store/sms.mv.db");
    }

    @Test
    void everythingAcknowledgedSurvivesALossOfPower() throws Exception {
        List<PowerCut> cuts;
        int forces;
        try (OpenStore store = TestStore.open(folder, tracedDatabase())) {
            int before = TracedFiles.disk(databaseFile()).forces();
            cuts = pushAndCut(TestStore.vault(store));
            forces = TracedFiles.disk(databaseFile()).forces() - before;
        }
        assertThat(acknowledged).hasSize(WRITERS * PUSHES);
        assertThat(forces).as("64 writers share forced writes").isBetween(1, WRITERS * PUSHES / 4);
        assertThat(cuts.getFirst().acknowledged()).hasSizeLessThan(WRITERS * PUSHES);
        for (PowerCut cut : cuts) {
            assertThat(lost(cut, cut.least())).isEmpty();
            assertThat(lost(cut, cut.byChance())).isEmpty();
        }
    }

    @Test
    void aStoreThatForcesNothingLosesAcknowledgedSecrets() throws Exception {
        PowerCut cut;
        try (OpenStore honest = TestStore.open(folder, tracedDatabase())) {
            ForcedWrite nothing = () -> {};
            try (GroupCommitLog log = GroupCommitLog.start(
                    honest.database().jdbc(),
                    honest.database().transactions(),
                    nothing,
                    honest.keyring().serviceKey())) {
                OpenStore careless = new OpenStore(honest.database(), honest.keyring(), log, honest.importedKeys());
                cut = pushAndCut(TestStore.vault(careless)).getLast();
            }
        }
        assertThat(lost(cut, cut.least())).isNotEmpty();
    }

    @Test
    void commitWithoutEntryIsForcedToo() {
        try (OpenStore store = TestStore.open(folder, tracedDatabase())) {
            int before = TracedFiles.disk(databaseFile()).forces();
            store.log().commit(() -> {
                store.secrets().rememberOwner(TestStore.address(1), TestStore.address(2));
                return Recorded.silently(true);
            });
            assertThat(TracedFiles.disk(databaseFile()).forces()).isGreaterThan(before);
        }
    }

    private List<PowerCut> pushAndCut(SecretVault vault) throws Exception {
        List<PowerCut> cuts = new ArrayList<>();
        CountDownLatch firstCut = new CountDownLatch(1);
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int writer = 0; writer < WRITERS; writer++) {
                Address account = TestStore.address(1000 + writer);
                writers.submit(() -> pushAll(vault, account, firstCut));
            }
            for (int part = 1; part <= 2; part++) {
                while (acknowledged.size() < WRITERS * PUSHES * part / 3) {
                    Thread.sleep(1);
                }
                cuts.add(cut());
                firstCut.countDown();
            }
        }
        cuts.add(cut());
        return cuts;
    }

    /** The last push waits for the first cut of power, so that this always comes in the middle. */
    private Void pushAll(SecretVault vault, Address account, CountDownLatch firstCut) throws InterruptedException {
        for (int number = 0; number < PUSHES; number++) {
            if (number == PUSHES - 1) {
                firstCut.await();
            }
            SecretId id = new SecretId.AccountSecret(account, new AccountSecretName("name-" + number));
            Push push = TestStore.push(id, account, "value");
            if (vault.push(push) instanceof PushOutcome.Stored) {
                acknowledged.add(id);
            }
        }
        return null;
    }

    private PowerCut cut() {
        Set<SecretId> before = Set.copyOf(acknowledged);
        TracedFiles.Disk disk = TracedFiles.disk(databaseFile());
        return new PowerCut(before, disk.forcedContent(), disk.contentAfterPowerLoss(coin));
    }

    /** Starts from what the disk held, with the same root key, and looks for what was acknowledged. */
    private List<SecretId> lost(PowerCut cut, byte[] disk) throws IOException {
        Path after = Files.createTempDirectory(
                folder, "after", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path database = Files.createDirectory(
                after.resolve("store"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.write(database.resolve("sms.mv.db"), disk);
        try (OpenStore store = TestStore.open(folder, TestStore.database(after))) {
            assertThat(store.log().verifyChain()).isInstanceOf(ChainCheck.Intact.class);
            SecretVault vault = TestStore.vault(store);
            return cut.acknowledged().stream()
                    .filter(id -> vault.open(id, id.asset()).isEmpty())
                    .toList();
        }
    }
}
