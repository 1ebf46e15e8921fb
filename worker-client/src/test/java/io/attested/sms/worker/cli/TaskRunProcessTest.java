package io.attested.sms.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.QuoteVerifier;
import io.attested.sms.attestation.Verdict;
import io.attested.sms.attestation.collateral.Collateral;
import io.attested.sms.attestation.collateral.CollateralParsing;
import io.attested.sms.attestation.simulated.SimulatedEnclave;
import io.attested.sms.attestation.simulated.SimulatedIntel;
import io.attested.sms.worker.boot.TaskScene;
import io.attested.sms.worker.simulated.SimulatedEvidence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sms task run} as a process of its own, started by a hostile host, in a simulated enclave. */
class TaskRunProcessTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    @TempDir
    Path folder;

    private TaskScene scene;
    private Path options;

    private record Ended(int exitCode, String out, String err) {}

    @BeforeEach
    void open() throws IOException {
        scene = new TaskScene(folder);
        SimulatedIntel.create(NOW, new SecureRandom()).save(Files.createDirectory(folder.resolve("pki")));
        enclaveForTheTreeAsItIs();
        Files.writeString(folder.resolve("auth.json"), scene.authorizationJson());
        Files.writeString(folder.resolve("worker.key"), "11".repeat(32));
    }

    private void enclaveForTheTreeAsItIs() throws IOException {
        options = Files.writeString(
                folder.resolve("enclave.properties"),
                String.join(
                        "\n",
                        "pki=" + folder.resolve("pki"),
                        "mrenclave=" + "ab".repeat(32),
                        "configId=" + scene.configId(scene.sms.key()),
                        "privateMemory=" + scene.privateMemory));
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void nothingOfAHostileHostReachesTheApplication() throws Exception {
        Path sneaked = Files.createDirectory(folder.resolve("sneaked"));
        Files.writeString(sneaked.resolve("tr"), "#!/bin/sh\necho variable=hijacked\n");
        Files.setAttribute(sneaked.resolve("tr"), "unix:mode", 0755);
        Map<String, String> hostile = Map.of(
                "LD_PRELOAD", "/nowhere/evil.so",
                "LD_LIBRARY_PATH", "/nowhere",
                "NODE_OPTIONS", "--require /nowhere/evil.js",
                "PYTHONSTARTUP", "/nowhere/evil.py",
                "BASH_ENV", "/nowhere/evil.sh",
                "IEXEC_APP_DEVELOPER_SECRET", "host's value",
                "HOME", "/nowhere",
                "PATH", sneaked + ":/usr/bin:/bin");
        Ended ended = run(hostile, List.of());
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(lines(ended.out(), "argument")).containsExactly("fixed", "--name", "two words");
        assertThat(lines(ended.out(), "variable"))
                .hasSize(7)
                .contains("IEXEC_APP_DEVELOPER_SECRET=developer's secret")
                .noneMatch(line -> line.contains("nowhere") || line.contains("sneaked") || line.contains("evil"));
        assertThat(lines(ended.out(), "directory"))
                .singleElement()
                .asString()
                .startsWith(scene.privateMemory.toRealPath().toString());
        assertThat(lines(ended.out(), "dataset")).containsExactly(TaskScene.PLAINTEXT.strip());
        assertThat(ended.out() + ended.err()).doesNotContain(scene.keyText);
        assertThat(scene.privateMemory).isEmptyDirectory();
    }

    @Test
    void theHostsLocaleCannotChangeWhatTheApplicationGets() throws Exception {
        scene.sms.argumentsOfTheDeal("caf\u00e9");
        Ended utf8 = run(Map.of("LC_ALL", "C.UTF-8"), List.of());
        assertThat(lines(utf8.out(), "argument")).containsExactly("fixed", "caf\u00e9");
        Ended ascii = run(Map.of("LC_ALL", "C"), List.of());
        assertThat(ascii.out()).startsWith("refused enclave.cannot-start: ").contains("LC_ALL=C.UTF-8");
    }

    @Test
    void trailingCommandIsRefusedBeforeAnything() throws Exception {
        Ended ended = run(Map.of(), List.of("--", "/bin/sh", "-c", "id"));
        assertThat(ended.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void jsonIsOneObjectOnStandardOutput() throws Exception {
        Ended started = run(Map.of(), List.of("--json"));
        assertThat(started.out())
                .isEqualTo(
                        "{\"outcome\":\"started\",\"code\":\"\",\"detail\":\"the application ended with exit code 0\","
                                + "\"exitCode\":0}\n");
        assertThat(started.err()).contains("argument=fixed");
        scene.write("data.txt", "changed");
        Ended refused = run(Map.of(), List.of("--json"));
        assertThat(refused.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(refused.out())
                .startsWith("{\"outcome\":\"refused\",\"code\":\"enclave.file-system-changed\",\"detail\":\"")
                .endsWith("\",\"exitCode\":3}\n");
    }

    @Test
    void exitCodeOfTheApplicationIsReported() throws Exception {
        scene.write("bin/probe", "#!/bin/sh\nexit 42\n");
        enclaveForTheTreeAsItIs();
        Ended ended = run(Map.of(), List.of("--json"));
        assertThat(ended.exitCode()).isEqualTo(ExitCode.APPLICATION_FAILED);
        assertThat(ended.out()).startsWith("{\"outcome\":\"started\"").endsWith("\"exitCode\":42}\n");
    }

    @Test
    void refusalIsOneLineOnStandardOutput() throws Exception {
        scene.write("data.txt", "changed");
        assertThat(run(Map.of(), List.of()).out())
                .startsWith("refused enclave.file-system-changed: ")
                .hasLineCount(1);
    }

    @Test
    void whenToldToEndThenTheApplicationIsStoppedAndPrivateMemoryWiped() throws Exception {
        scene.write("bin/probe", "#!/bin/sh\necho running\nexec sleep 300\n");
        enclaveForTheTreeAsItIs();
        Process process = start(Map.of(), List.of());
        Path out = folder.resolve("out.txt");
        Instant end = Instant.now().plusSeconds(120);
        while (Files.size(out) == 0 && Instant.now().isBefore(end)) {
            Thread.sleep(50);
        }
        List<ProcessHandle> application = process.toHandle().descendants().toList();
        assertThat(application).isNotEmpty();
        process.destroy();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(scene.privateMemory).isEmptyDirectory();
        assertThat(application).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void askSignedOutsideIsAccepted() throws Exception {
        Command outside = new Command();
        Path ask = folder.resolve("ask.json");
        assertThat(outside.run(
                        "task",
                        "ask",
                        "--authorization",
                        folder.resolve("auth.json"),
                        "--wallet",
                        folder.resolve("worker.key"),
                        "--sms",
                        scene.sms.address(),
                        "--out",
                        ask))
                .as(outside.err)
                .isZero();
        Command inside = new Command();
        assertThat(inside.run(
                        "task",
                        "run",
                        "--evidence",
                        "simulated",
                        "--evidence-options",
                        options,
                        "--authorization",
                        folder.resolve("auth.json"),
                        "--ask",
                        ask,
                        "--app",
                        scene.tree,
                        "--dataset",
                        scene.encryptedDataset,
                        "--sms",
                        scene.sms.address()))
                .as(inside.err)
                .isZero();
    }

    @Test
    void evidenceOfTheSimulatedEnclaveVerifiesUnderItsRootOnly() {
        SimulatedIntel intel = SimulatedIntel.create(NOW, new SecureRandom());
        SimulatedEvidence evidence = new SimulatedEvidence(
                SimulatedEnclave.of(intel, new byte[32]).withConfigId(filled()), Optional.empty(), folder);
        CollateralParsing collateral = Collateral.parse(evidence.collateral().orElseThrow());
        assertThat(collateral).isInstanceOf(CollateralParsing.Parsed.class);
        byte[] quote = evidence.quote(new byte[64]);
        var parsed = ((CollateralParsing.Parsed) collateral).collateral();
        assertThat(new QuoteVerifier(intel.trustRoot()).verify(quote, parsed, NOW))
                .isInstanceOf(Verdict.Verified.class);
        SimulatedIntel other = SimulatedIntel.create(NOW, new SecureRandom());
        assertThat(new QuoteVerifier(other.trustRoot()).verify(quote, parsed, NOW))
                .isInstanceOf(Verdict.Rejected.class);
    }

    private static byte[] filled() {
        byte[] configId = new byte[64];
        java.util.Arrays.fill(configId, (byte) 5);
        return configId;
    }

    private Ended run(Map<String, String> environment, List<String> more) throws Exception {
        Process process = start(environment, more);
        assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
        return new Ended(
                process.exitValue(),
                Files.readString(folder.resolve("out.txt"), StandardCharsets.UTF_8),
                Files.readString(folder.resolve("err.txt"), StandardCharsets.UTF_8));
    }

    private Process start(Map<String, String> environment, List<String> more) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Sms.class.getName(),
                "task",
                "run",
                "--evidence=simulated",
                "--evidence-options=" + options,
                "--authorization=" + folder.resolve("auth.json"),
                "--wallet=" + folder.resolve("worker.key"),
                "--app=" + scene.tree,
                "--service-key=" + scene.sms.key(),
                "--dataset=" + scene.encryptedDataset,
                "--sms=" + scene.sms.address()));
        words.addAll(more);
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectOutput(folder.resolve("out.txt").toFile())
                .redirectError(folder.resolve("err.txt").toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static List<String> lines(String printed, String what) {
        return printed.lines()
                .filter(line -> line.startsWith(what + "="))
                .map(line -> line.substring(what.length() + 1))
                .toList();
    }
}
