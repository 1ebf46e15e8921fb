package io.attested.sms.worker.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.seal.RawSecretAccess;
import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.attestation.seal.ServiceSignature;
import io.attested.sms.worker.ServiceKey;
import io.attested.sms.worker.app.FingerprintParts;
import io.attested.sms.worker.boot.BootListener.BootStep;
import io.attested.sms.worker.dataset.DatasetFile;
import io.attested.sms.worker.dataset.DatasetKey;
import io.attested.sms.worker.dataset.Progress;
import io.attested.sms.worker.ethereum.Bytes32;
import io.attested.sms.worker.ethereum.TestWallets;
import io.attested.sms.worker.evidence.ConfigId;
import io.attested.sms.worker.evidence.EvidenceSource;
import io.attested.sms.worker.evidence.MeasuredImage;
import io.attested.sms.worker.release.AskSigner;
import io.attested.sms.worker.release.HttpReleaseService;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BootStageTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:58:00Z"));

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private BootListener listener = step -> {};
    private AskSigner signer = AskSigner.of(TaskScene.WORKER, CLOCK);
    private TaskScene scene;

    @BeforeEach
    void open() throws IOException {
        scene = new TaskScene(folder);
    }

    @AfterEach
    void close() {
        scene.close();
        http.close();
    }

    @Test
    void runWhenAllIsRightThenTheApplicationSeesTheDecryptedDataset() throws IOException {
        BootOutcome outcome = run(scene.enclave(), scene.order());
        assertThat(outcome).isInstanceOfSatisfying(BootOutcome.Started.class, started -> {
            assertThat(started.exitCode()).isZero();
            assertThat(started.log().sequence()).isEqualTo(7);
        });
        assertThat(seen("dataset")).containsExactly(TaskScene.PLAINTEXT.strip());
        assertThat(seen("file")).containsExactly("registered");
        assertThat(scene.sms.askSigners).containsExactly(TaskScene.WORKER.address());
    }

    @Test
    void runGivesTheApplicationExactlyTheseArgumentsAndVariables() throws IOException {
        run(scene.enclave(), scene.order());
        assertThat(seen("argument")).containsExactly("fixed", "--name", "two words");
        Path root = Path.of(seen("directory").get(0)).resolveSibling("");
        assertThat(root.startsWith(scene.privateMemory.toRealPath())).isTrue();
        assertThat(seen("variable"))
                .containsExactlyInAnyOrder(
                        "IEXEC_TASK_ID=" + TaskScene.TASK,
                        "IEXEC_IN=" + root.resolve("iexec_in"),
                        "IEXEC_OUT=" + root.resolve("iexec_out"),
                        "IEXEC_APP_DEVELOPER_SECRET=developer's secret",
                        "PATH=" + LaunchCommand.PATH,
                        "HOME=" + root.resolve("home"),
                        "LANG=C.UTF-8");
        assertThat(seen("input")).containsExactly("0");
        assertThat(printed()).doesNotContain(scene.keyText);
    }

    @Test
    void runLeavesNothingInPrivateMemory() throws IOException {
        Files.setAttribute(scene.tree.resolve("bin"), "unix:mode", 0555);
        assertThat(run(scene.enclave(), scene.order())).isInstanceOf(BootOutcome.Started.class);
        assertThat(scene.privateMemory).isEmptyDirectory();
        scene.sms.content.put("stage", "post-compute");
        run(scene.enclave(), scene.order());
        assertThat(scene.privateMemory).isEmptyDirectory();
    }

    @Test
    void runPassesTheExitCodeOn() throws IOException {
        scene.write("bin/probe", "#!/bin/sh\nexit 42\n");
        assertThat(run(scene.enclave(), scene.order()))
                .isInstanceOfSatisfying(
                        BootOutcome.Started.class,
                        started -> assertThat(started.exitCode()).isEqualTo(42));
    }

    @ParameterizedTest
    @ValueSource(strings = {"changed", "added", "removed", "mode", "link out", "launch line"})
    void runWhenTheTreeIsNotTheRegisteredOneThenNothingIsAskedFor(String change) throws IOException {
        EvidenceSource enclave = scene.enclave();
        switch (change) {
            case "changed" -> scene.write("data.txt", "another");
            case "added" -> scene.write("extra", "");
            case "removed" -> Files.delete(scene.tree.resolve("data.txt"));
            case "mode" -> Files.setAttribute(scene.tree.resolve("data.txt"), "unix:mode", 0600);
            case "link out" -> Files.createSymbolicLink(scene.tree.resolve("link"), Path.of("/etc"));
            default -> scene.write("sms-launch.json", "{\"program\":\"/bin/sh\"}");
        }
        assertThat(code(run(enclave, scene.order()))).isEqualTo("enclave.file-system-changed");
        assertThat(scene.sms.requests).isEmpty();
        assertThat(printed()).isEmpty();
    }

    @Test
    void runWhenAFileIsSwappedAfterTheCheckThenTheApplicationSeesTheRegisteredOne() throws IOException {
        listener = step -> {
            if (step == BootStep.TREE_COPIED || step == BootStep.STARTING) {
                swap();
            }
        };
        assertThat(run(scene.enclave(), scene.order())).isInstanceOf(BootOutcome.Started.class);
        assertThat(seen("file")).containsExactly("registered");
        assertThat(scene.tree.resolve("data.txt")).hasContent("swapped");
    }

    private void swap() {
        try {
            scene.write("data.txt", "swapped");
            scene.write("bin/probe", "#!/bin/sh\necho file=swapped\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void runWhenTheServiceKeyIsNotThatOfTheLaunchThenTheTreeIsNamed() throws IOException {
        TaskOrder order = scene.order().withServiceKey(key("02"));
        assertThat(code(run(scene.enclave(), order))).isEqualTo("enclave.file-system-changed");
    }

    @Test
    void runWhenTheServiceKeyIsWrongAndTheTreeIsKnownToBeRightThenTheServiceIsNamed() throws IOException {
        FingerprintParts parts = scene.parts();
        TaskOrder order = new TaskOrder(
                scene.authorization(),
                Optional.of(scene.tree),
                Optional.of(key("02")),
                Optional.of(parts),
                Optional.empty(),
                Optional.empty());
        assertThat(code(run(scene.enclave(), order))).isEqualTo("enclave.wrong-service");
    }

    @Test
    void runWithoutAServiceKeyAsksTheServiceAndChecksItAgainstTheLaunch() throws IOException {
        TaskOrder order = TaskOrder.of(scene.authorization(), scene.tree).withDatasetFile(scene.encryptedDataset);
        assertThat(run(scene.enclave(), order)).isInstanceOf(BootOutcome.Started.class);
        EvidenceSource other = new FakeEnclave(scene.configId(key("02")), scene.privateMemory, Optional.empty());
        assertThat(code(run(other, order))).isEqualTo("enclave.file-system-changed");
    }

    @Test
    void runWhenAnImpostorDescribesItselfThenNoAskIsSent() throws IOException {
        EvidenceSource enclave = scene.enclave();
        TaskOrder order = scene.order();
        scene.sms.describedKey = key("02");
        assertThat(code(run(enclave, order))).isEqualTo("enclave.wrong-service");
        assertThat(scene.sms.requests).containsExactly("GET /v1/service");
    }

    @Test
    void runWhenTheChallengeNamesAnotherKeyThenNoEvidenceIsSent() throws IOException {
        scene.sms.challengedKey = key("02");
        assertThat(code(run(scene.enclave(), scene.order()))).isEqualTo("enclave.wrong-service");
        assertThat(scene.sms.requests).containsExactly("GET /v1/service", "POST /v1/challenges");
    }

    @Test
    void runWhenAnImpostorSignsTheEnvelopeThenItIsNotOpened() throws IOException {
        EvidenceSource enclave = scene.enclave();
        TaskOrder order = scene.order();
        scene.sms.signingSeed = seed("02");
        assertThat(code(run(enclave, order))).isEqualTo("enclave.wrong-service");
        assertThat(printed()).isEmpty();
    }

    @Test
    void runWhenTheEnvelopeIsChangedOnTheWayThenRefused() throws IOException {
        scene.sms.changeCiphertext = bytes -> {
            bytes[0] ^= 1;
            return bytes;
        };
        assertThat(code(run(scene.enclave(), scene.order()))).isEqualTo("enclave.wrong-service");
    }

    @ParameterizedTest
    @CsvSource({
        "chainTaskId,0xbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
        "stage,post-compute",
        "worker,0x1563915e194d8cfba1943570603f7606a3115508"
    })
    void runWhenTheEnvelopeIsForSomethingElseThenRefused(String member, String value) throws IOException {
        scene.sms.content.put(member, value);
        assertThat(code(run(scene.enclave(), scene.order()))).isEqualTo("enclave.wrong-service");
        assertThat(printed()).isEmpty();
    }

    @Test
    void runWhenTheEnvelopeHasAnUnknownMemberThenUnreadable() throws IOException {
        scene.sms.content.put("shell", "true");
        assertThat(code(run(scene.enclave(), scene.order()))).isEqualTo("enclave.unreadable-envelope");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "IEXEC_DATASET_KEY",
                "IEXEC_DATASET_2_KEY",
                "SIGN_TEE_CHALLENGE_PRIVATE_KEY",
                "A=B",
                "",
                "1A",
                "A B"
            })
    void runWhenAVariableMustNotReachTheApplicationThenUnreadable(String name) throws IOException {
        scene.sms.content.put("environment", Map.of(name, "value"));
        assertThat(code(run(scene.enclave(), scene.order()))).isEqualTo("enclave.unreadable-envelope");
    }

    @Test
    void runWhenTheEncryptedDatasetIsChangedThenRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(scene.encryptedDataset);
        bytes[17] ^= 1;
        Files.write(scene.encryptedDataset, bytes);
        assertThat(code(run(scene.enclave(), scene.order()))).isEqualTo("enclave.dataset-changed");
    }

    @Test
    void runWhenTheKeyIsNotTheDatasetsThenRefused() throws IOException {
        dataset().put("key", "not a key");
        assertThat(code(run(scene.enclave(), scene.order()))).isEqualTo("enclave.dataset-key-does-not-fit");
    }

    @Test
    void runWhenTheDatasetIsNotThereThenRefused() throws IOException {
        Files.delete(scene.encryptedDataset);
        assertThat(code(run(scene.enclave(), scene.order()))).isEqualTo("enclave.dataset-missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../escape", "a/b", "..", ".", "", "/etc/passwd"})
    void runWhenTheDatasetsNameIsNoPlainNameThenUnreadable(String name) throws IOException {
        dataset().put("filename", name);
        assertThat(code(run(scene.enclave(), scene.order()))).isEqualTo("enclave.unreadable-envelope");
    }

    @Test
    void runFindsDatasetAndInputFilesInTheInputDirectory() throws IOException {
        Path inputs = Files.createDirectory(folder.resolve("inputs"));
        Files.copy(scene.encryptedDataset, inputs.resolve(TaskScene.DATASET_NAME));
        String name = "0x" + "0f".repeat(32);
        Files.writeString(inputs.resolve(name), "an input file");
        scene.sms.content.put("inputFiles", List.of(Map.of("url", "http://127.0.0.1/f", "name", name)));
        TaskOrder order = TaskOrder.of(scene.authorization(), scene.tree)
                .withServiceKey(scene.sms.key())
                .withInputDirectory(inputs);
        assertThat(run(scene.enclave(), order)).isInstanceOf(BootOutcome.Started.class);
        assertThat(seen("dataset")).contains("an input file", TaskScene.PLAINTEXT.strip());
        Files.delete(inputs.resolve(name));
        assertThat(code(run(scene.enclave(), order))).isEqualTo("enclave.input-missing");
    }

    /** Removes the scene's dataset and gives the task these instead; each file holds its name. */
    private TaskOrder bulk(List<Map<String, Object>> datasets, Path inputs) {
        scene.sms.content.remove("dataset");
        scene.sms.content.put("datasets", datasets);
        return TaskOrder.of(scene.authorization(), scene.tree)
                .withServiceKey(scene.sms.key())
                .withInputDirectory(inputs);
    }

    private static Map<String, Object> encrypted(String name, Path inputs) throws IOException {
        Path plain = Files.writeString(inputs.resolveSibling("plain-" + name), "content of " + name);
        try (DatasetKey key = DatasetKey.random(new SecureRandom())) {
            Bytes32 checksum =
                    new DatasetFile(new SecureRandom()).encrypt(plain, inputs.resolve(name), key, Progress.SILENT);
            return new LinkedHashMap<>(Map.of(
                    "address",
                    name,
                    "key",
                    key.text().text(RawSecretAccess.to("a fixture")),
                    "url",
                    "http://127.0.0.1/dataset",
                    "checksum",
                    checksum.hex(),
                    "filename",
                    name));
        }
    }

    private static String address(int number) {
        return "0x" + ("0" + number).repeat(20);
    }

    @Test
    void runOfABulkPlacesEachDatasetUnderItsNameAndAnEqualOneOnce() throws IOException {
        Path inputs = Files.createDirectory(folder.resolve("inputs"));
        Map<String, Object> first = encrypted(address(1), inputs);
        Map<String, Object> second = encrypted(address(2), inputs);

        assertThat(run(scene.enclave(), bulk(List.of(first, second, first), inputs)))
                .isInstanceOf(BootOutcome.Started.class);
        assertThat(seen("dataset")).containsExactly("content of " + address(1), "content of " + address(2));
        assertThat(printed()).doesNotContain(String.valueOf(first.get("key")));
    }

    @Test
    void runOfABulkOfNoneThatCanBeUsedStarts() throws IOException {
        assertThat(run(scene.enclave(), bulk(List.of(), Files.createDirectory(folder.resolve("inputs")))))
                .isInstanceOf(BootOutcome.Started.class);
    }

    @Test
    void runOfABulkWhenOneDatasetIsMissingChangedOrOfAnotherKeyThenRefused() throws IOException {
        Path inputs = Files.createDirectory(folder.resolve("inputs"));
        Map<String, Object> first = encrypted(address(1), inputs);
        Map<String, Object> second = encrypted(address(2), inputs);
        TaskOrder order = bulk(List.of(first, second), inputs);

        second.put("key", first.get("key"));
        assertThat(code(run(scene.enclave(), order))).isEqualTo("enclave.dataset-key-does-not-fit");
        Files.writeString(inputs.resolve(address(2)), "something else");
        assertThat(code(run(scene.enclave(), order))).isEqualTo("enclave.dataset-changed");
        Files.delete(inputs.resolve(address(2)));
        assertThat(code(run(scene.enclave(), order))).isEqualTo("enclave.dataset-missing");
        assertThat(code(run(scene.enclave(), scene.order()))).isEqualTo("enclave.dataset-missing");
    }

    @Test
    void runOfABulkWhenTwoDatasetsHaveOneNameOrThereAreTooManyThenUnreadable() throws IOException {
        Path inputs = Files.createDirectory(folder.resolve("inputs"));
        Map<String, Object> first = encrypted(address(1), inputs);
        Map<String, Object> second = encrypted(address(2), inputs);
        second.put("filename", address(1));
        assertThat(code(run(scene.enclave(), bulk(List.of(first, second), inputs))))
                .isEqualTo("enclave.unreadable-envelope");
        second.put("filename", "../escape");
        assertThat(code(run(scene.enclave(), bulk(List.of(first, second), inputs))))
                .isEqualTo("enclave.unreadable-envelope");
        assertThat(code(run(scene.enclave(), bulk(Collections.nCopies(101, first), inputs))))
                .isEqualTo("enclave.unreadable-envelope");
        assertThat(run(scene.enclave(), bulk(Collections.nCopies(100, first), inputs)))
                .isInstanceOf(BootOutcome.Started.class);
    }

    @Test
    void runWhenTheDealsArgumentsCannotBeSplitThenRefused() throws IOException {
        scene.sms.content.put("arguments", "--open 'quote");
        assertThat(code(run(scene.enclave(), scene.order()))).isEqualTo("enclave.malformed-arguments");
    }

    @Test
    void runPassesTheServicesRefusalOn() throws IOException {
        scene.sms.problemStatus = 403;
        scene.sms.problem =
                "{\"type\":\"about:blank\",\"status\":403,\"code\":\"evidence.wrong-code\",\"detail\":\"other\\u001b[0m\"}";
        assertThat(run(scene.enclave(), scene.order()))
                .isEqualTo(new BootOutcome.Refused("evidence.wrong-code", "other [0m"));
    }

    @Test
    void runWhenTheServiceIsGoneThenUnavailable() throws IOException {
        EvidenceSource enclave = scene.enclave();
        scene.sms.close();
        assertThat(code(run(enclave, scene.order()))).isEqualTo("service.unavailable");
    }

    @Test
    void runWhenTheAskIsForAnotherWorkerThenNotSent() throws IOException {
        signer = AskSigner.of(TestWallets.of("22"), CLOCK);
        assertThat(code(run(scene.enclave(), scene.order()))).isEqualTo("enclave.wrong-ask");
        assertThat(scene.sms.requests).containsExactly("GET /v1/service");
    }

    @Test
    void runWhenLaunchedWithoutConfigIdThenOnlyWhatTheMeasurementCovers() throws IOException {
        EvidenceSource bare = new FakeEnclave(zero(), scene.privateMemory, Optional.empty());
        assertThat(code(run(bare, scene.order()))).isEqualTo("evidence.wrong-launch");
        assertThat(scene.sms.requests).isEmpty();
    }

    @Test
    void runWhenTheMeasurementCoversAnApplicationThenTheHostsTreeIsIgnored() throws IOException {
        Path measured = Files.createDirectory(folder.resolve("measured"));
        Files.writeString(
                measured.resolve("main.sh"), "for a in \"$@\"; do echo argument=$a; done; echo file=measured\n");
        var image = new MeasuredImage(scene.sms.key(), measured, "sh main.sh --first");
        EvidenceSource enclave = new FakeEnclave(zero(), scene.privateMemory, Optional.of(image));
        scene.sms.content.put("entrypoint", "sh main.sh --first");
        assertThat(run(enclave, scene.order().withServiceKey(key("02")))).isInstanceOf(BootOutcome.Started.class);
        assertThat(seen("file")).containsExactly("measured");
        assertThat(seen("argument")).containsExactly("--first", "--name", "two words");
    }

    @Test
    void runWhenTheRegisteredEntrypointIsNotTheMeasuredOneThenRefused() throws IOException {
        Path measured = Files.createDirectory(folder.resolve("measured"));
        Files.writeString(measured.resolve("main.sh"), "echo file=measured\n");
        var image = new MeasuredImage(scene.sms.key(), measured, "sh main.sh");
        EvidenceSource enclave = new FakeEnclave(zero(), scene.privateMemory, Optional.of(image));
        scene.sms.content.put("entrypoint", "sh -c env");
        assertThat(code(run(enclave, scene.order()))).isEqualTo("enclave.cannot-start");
        scene.sms.content.put("entrypoint", "sh main.sh");
        assertThat(run(enclave, scene.order())).isInstanceOf(BootOutcome.Started.class);
    }

    @Test
    void runWhenTheMeasuredImageTrustsAnotherServiceThenRefused() throws IOException {
        var image = new MeasuredImage(key("02"), scene.tree, "bin/probe");
        EvidenceSource enclave = new FakeEnclave(zero(), scene.privateMemory, Optional.of(image));
        assertThat(code(run(enclave, scene.order()))).isEqualTo("enclave.wrong-service");
    }

    private BootOutcome run(EvidenceSource enclave, TaskOrder order) {
        out.reset();
        return new BootStage(
                        enclave,
                        new HttpReleaseService(http, scene.sms.address()),
                        signer,
                        listener,
                        new BootStage.Output(out, out))
                .run(order);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> dataset() {
        return (Map<String, Object>) java.util.Objects.requireNonNull(scene.sms.content.get("dataset"));
    }

    private List<String> seen(String what) {
        return printed()
                .lines()
                .filter(line -> line.startsWith(what + "="))
                .map(line -> line.substring(what.length() + 1))
                .toList();
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String code(BootOutcome outcome) {
        return outcome instanceof BootOutcome.Refused refused ? refused.code() : outcome.toString();
    }

    private static ConfigId zero() {
        return ConfigId.of(new byte[64]);
    }

    private static SecretBytes seed(String octet) {
        return SecretBytes.owning(HexFormat.of().parseHex(octet.repeat(32)));
    }

    private static ServiceKey key(String seedOctet) {
        return new ServiceKey(Bytes32.of(ServiceSignature.publicKey(seed(seedOctet))));
    }
}
