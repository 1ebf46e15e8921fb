package io.attested.sms.worker.boot;

import io.attested.sms.attestation.seal.RawSecretAccess;
import io.attested.sms.worker.ServiceKey;
import io.attested.sms.worker.app.ApplicationTree;
import io.attested.sms.worker.app.FingerprintParts;
import io.attested.sms.worker.app.MeasuredTree.ManifestOutcome;
import io.attested.sms.worker.app.TreeOutcome;
import io.attested.sms.worker.dataset.DatasetFile;
import io.attested.sms.worker.dataset.DatasetKey;
import io.attested.sms.worker.dataset.Progress;
import io.attested.sms.worker.ethereum.Bytes32;
import io.attested.sms.worker.ethereum.EthereumAddress;
import io.attested.sms.worker.ethereum.Keccak256;
import io.attested.sms.worker.ethereum.TestWallets;
import io.attested.sms.worker.ethereum.Wallet;
import io.attested.sms.worker.evidence.ConfigId;
import io.attested.sms.worker.release.Authorization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One task: an application that reports what it sees, a dataset, a worker, an authorization and an honest service.
 *
 * <p>The application prints its arguments, its environment as the kernel has it, its working directory, its standard input
 * and the dataset.
 */
public final class TaskScene implements AutoCloseable {
    public static final Wallet WORKER = TestWallets.of("11");
    public static final Wallet POOL = TestWallets.of("22");
    public static final Bytes32 TASK = new Bytes32("0x" + "aa".repeat(32));
    public static final EthereumAddress ENCLAVE = TestWallets.of("33").address();
    public static final String DATASET_NAME = "0x52908400098527886e0f7030069857d2e4169ee7";
    public static final String PLAINTEXT = "the content of the dataset\n";

    private static final String PROBE = """
            #!/bin/sh
            for argument in "$@"; do echo "argument=$argument"; done
            tr '\\0' '\\n' < /proc/$$/environ | sed 's/^/variable=/'
            echo "directory=$(pwd)"
            echo "input=$(cat | wc -c)"
            echo "file=$(cat data.txt)"
            for f in "$IEXEC_IN"/*; do [ -f "$f" ] && echo "dataset=$(cat "$f")"; done
            exit 0
            """;

    public final FakeSms sms;
    public final Path tree;
    public final Path privateMemory;
    public final Path encryptedDataset;
    public final String keyText;

    public TaskScene(Path folder) throws IOException {
        sms = new FakeSms("01");
        tree = Files.createDirectory(folder.resolve("tree"));
        privateMemory = Files.createDirectory(folder.resolve("private"));
        encryptedDataset = folder.resolve("dataset.enc");
        Files.createDirectory(tree.resolve("bin"));
        Files.writeString(tree.resolve("bin/probe"), PROBE);
        Files.setAttribute(tree.resolve("bin/probe"), "unix:mode", 0755);
        Files.writeString(tree.resolve("data.txt"), "registered");
        Files.writeString(tree.resolve("sms-launch.json"), "{\"program\":\"bin/probe\",\"arguments\":[\"fixed\"]}");
        keyText = encrypt(folder);
    }

    private String encrypt(Path folder) throws IOException {
        Path plain = Files.writeString(folder.resolve("plain"), PLAINTEXT);
        try (DatasetKey key = DatasetKey.random(new SecureRandom())) {
            Bytes32 checksum =
                    new DatasetFile(new SecureRandom()).encrypt(plain, encryptedDataset, key, Progress.SILENT);
            Files.delete(plain);
            String text = key.text().text(RawSecretAccess.to("a fixture"));
            sms.content.putAll(content(text, checksum));
            return text;
        }
    }

    private static Map<String, Object> content(String key, Bytes32 checksum) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("chainTaskId", TASK.hex());
        content.put("stage", "app");
        content.put("worker", WORKER.address().hex());
        content.put(
                "environment",
                new LinkedHashMap<>(Map.of(
                        "IEXEC_TASK_ID", TASK.hex(),
                        "IEXEC_IN", "/iexec_in",
                        "IEXEC_OUT", "/iexec_out",
                        "IEXEC_APP_DEVELOPER_SECRET", "developer's secret",
                        "PATH", "/somewhere/else")));
        content.put(
                "dataset",
                new LinkedHashMap<>(Map.of(
                        "address", DATASET_NAME,
                        "key", key,
                        "url", "http://127.0.0.1/dataset",
                        "checksum", checksum.hex(),
                        "filename", DATASET_NAME)));
        content.put("inputFiles", List.of());
        content.put("arguments", "--name 'two words'");
        content.put("result", Map.of("RESULT_ENCRYPTION", "false"));
        return content;
    }

    public Authorization authorization() {
        Bytes32 challenge = Keccak256.of(WORKER.address().bytes(), TASK.bytes(), ENCLAVE.bytes());
        return new Authorization(
                TASK, WORKER.address(), ENCLAVE, Optional.empty(), OptionalLong.empty(), POOL.signMessage(challenge));
    }

    /** The authorization as the scheduler writes it. */
    public String authorizationJson() {
        return "{\"chainTaskId\":\"" + TASK + "\",\"workerWallet\":\"" + WORKER.address() + "\",\"enclaveChallenge\":\""
                + ENCLAVE + "\",\"signature\":{\"value\":\"" + authorization().signature() + "\"}}";
    }

    /** The tree's parts as it is now. */
    public FingerprintParts parts() throws IOException {
        if (ApplicationTree.measure(tree) instanceof TreeOutcome.Measured measured
                && measured.tree().manifest() instanceof ManifestOutcome.Made made) {
            return made.manifest().fingerprintParts();
        }
        throw new AssertionError("the fixture's tree is measurable");
    }

    /** CONFIGID for the tree as it is now and that service. */
    public ConfigId configId(ServiceKey service) throws IOException {
        return ConfigId.of(parts().configId(service));
    }

    /** An enclave launched for the tree as it is now and the honest service. */
    public FakeEnclave enclave() throws IOException {
        return new FakeEnclave(configId(sms.key()), privateMemory, Optional.empty());
    }

    /** The order for this task. */
    public TaskOrder order() {
        return TaskOrder.of(authorization(), tree).withServiceKey(sms.key()).withDatasetFile(encryptedDataset);
    }

    /** Changes a file of the tree. */
    public void write(String name, String content) throws IOException {
        Files.write(tree.resolve(name), content.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        sms.close();
    }
}
