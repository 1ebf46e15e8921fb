package io.attested.sms.operate.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.audit.ChainCheck;
import io.attested.sms.chain.Address;
import io.attested.sms.operate.store.TestStore;
import io.attested.sms.secret.AccountSecretName;
import io.attested.sms.secret.SecretId;
import io.attested.sms.secret.SecretVault;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process under 64 concurrent pushes; what it acknowledged must be there and open. */
class KillTest {
    private static final int RUNS = 3;
    private static final int ACKNOWLEDGED = 500;

    @TempDir
    private Path folder;

    @Test
    @Timeout(300)
    void everythingAcknowledgedSurvivesAKill() throws Exception {
        List<SecretId> acknowledged = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            List<SecretId> ofThisRun = pushUntilKilled(run);
            assertThat(ofThisRun).hasSizeGreaterThanOrEqualTo(ACKNOWLEDGED);
            acknowledged.addAll(ofThisRun);
            assertAllPresent(acknowledged);
        }
    }

    @Test
    @Timeout(300)
    void aFirstStartThatIsKilledCanBeRepeated() throws Exception {
        for (int delay = 300; delay <= 1200; delay += 300) {
            Path fresh = Files.createDirectory(folder.resolve("after-" + delay));
            Process process = start(fresh, 0);
            Thread.sleep(delay);
            process.toHandle().destroyForcibly();
            process.waitFor();
            try (OpenStore store = TestStore.open(fresh)) {
                assertThat(store.log().verifyChain()).isInstanceOf(ChainCheck.Intact.class);
            }
        }
    }

    private static Process start(Path folder, int generation) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PushingProcess.class.getName(),
                        folder.toString(),
                        Integer.toString(generation))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private void assertAllPresent(List<SecretId> acknowledged) {
        try (OpenStore store = TestStore.open(folder)) {
            SecretVault vault = TestStore.vault(store);
            for (SecretId id : acknowledged) {
                assertThat(vault.open(id, id.asset()))
                        .as(id.toString())
                        .isEqualTo(Optional.of(SecretBytes.ofUtf8(PushingProcess.valueOf(id))));
            }
            assertThat(store.log().verifyChain()).isInstanceOf(ChainCheck.Intact.class);
        }
    }

    private List<SecretId> pushUntilKilled(int run) throws IOException, InterruptedException {
        Process process = start(folder, run);
        List<SecretId> acknowledged = new ArrayList<>();
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                parse(line).ifPresent(acknowledged::add);
                if (acknowledged.size() == ACKNOWLEDGED) {
                    // Not Process.destroyForcibly(): that would also throw away the lines still in the pipe.
                    process.toHandle().destroyForcibly();
                }
            }
        } finally {
            process.toHandle().destroyForcibly();
            process.waitFor();
        }
        return acknowledged;
    }

    /**
     * The last line may be cut off by the kill; it was acknowledged, but which one it was cannot be told, or
     * it reads like an earlier one of the same account, which was acknowledged too.
     */
    private static Optional<SecretId> parse(String line) {
        String[] words = line.split(" name-", -1);
        return words.length == 2 && !words[1].isEmpty()
                ? Optional.of(
                        new SecretId.AccountSecret(Address.parse(words[0]), new AccountSecretName("name-" + words[1])))
                : Optional.empty();
    }
}
