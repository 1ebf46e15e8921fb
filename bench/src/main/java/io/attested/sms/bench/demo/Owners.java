package io.attested.sms.bench.demo;

import io.attested.sms.attestation.seal.RawSecretAccess;
import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.contracts.testbed.IexecSdk;
import io.attested.sms.contracts.testbed.SdkRun;
import io.attested.sms.contracts.testbed.SdkStep;
import io.attested.sms.contracts.testbed.TeeTag;
import io.attested.sms.contracts.testbed.Wallet;
import io.attested.sms.worker.dataset.DatasetFile;
import io.attested.sms.worker.dataset.DatasetKey;
import io.attested.sms.worker.ethereum.Bytes32;
import io.attested.sms.worker.ethereum.EthereumAddress;
import io.attested.sms.worker.secret.PushOutcome;
import io.attested.sms.worker.secret.SecretTarget;
import io.attested.sms.worker.secret.SmsClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Dataset owners, the app's developer and the requester, working with the real SDK (and once with our own client).
 *
 * <p>Remembers every secret it pushed, so that a test can look for them where they must not be.
 */
final class Owners {
    static final String PIPELINE = "v5.9";
    static final Map<String, Object> PARAMS = Map.of(
            "iexec_args",
            "--greeting hello",
            "iexec_secrets",
            Map.of("1", "greeting"),
            "iexec_result_storage_provider",
            "dropbox");
    static final String PARAMS_JSON =
            "{\"iexec_args\":\"--greeting hello\",\"iexec_secrets\":{\"1\":\"greeting\"},\"iexec_result_storage_provider\":\"dropbox\"}";

    private final Stage stage;
    private final SecureRandom random;
    private final List<String> secrets = new ArrayList<>();

    Owners(Stage stage, SecureRandom random) {
        this.stage = stage;
        this.random = random;
    }

    /** Every value that may be nowhere in plain: keys, secrets, the datasets' content. */
    List<String> secrets() {
        return List.copyOf(secrets);
    }

    /** What the two SDK runs left on chain. */
    record SdkDeals(DemoDataset ofSdk9, DemoDataset ofSdk8, String tdxDeal, String sconeDeal) {}

    /** A file worth protecting. */
    private Path original(String name) throws IOException {
        byte[] unique = new byte[24];
        random.nextBytes(unique);
        String content = "patient " + name + " " + HexFormat.of().formatHex(unique) + "\n";
        secrets.add(content.strip());
        return Files.writeString(stage.owner().resolve(name), content.repeat(40));
    }

    private String secret(String kind) {
        byte[] value = new byte[18];
        random.nextBytes(value);
        String secret = kind + "-" + HexFormat.of().formatHex(value);
        secrets.add(secret);
        return secret;
    }

    private static String sha256(Path file) throws IOException {
        return DatasetFile.sha256Of(file).digits();
    }

    /** SDK 9: a dataset, its key, a TDX app and a TDX deal. */
    private SdkRun sdk9(Path original, Path encrypted, DemoApp app) {
        IexecSdk sdk = new IexecSdk(IexecSdk.Version.V9, stage.chain(), stage.poco, stage.server.tdx());
        var terms = stage.scenario
                .terms(SdkStep.of("app", "address"))
                .withTag(TeeTag.TDX)
                .withDataset(SdkStep.of("dataset", "address"), Wallet.DATASET_OWNER);
        SdkRun run = sdk.run(
                SdkStep.encryptDataset("encrypt", original, encrypted),
                SdkStep.deployDataset(
                        "dataset",
                        Wallet.DATASET_OWNER,
                        "patients (sdk 9)",
                        "/ipfs/QmW2WQi7j6c7UgJTarActp7tDNikE4B2qXtFCfLPdsgaTQ",
                        SdkStep.of("encrypt", "checksum")),
                SdkStep.pushDatasetSecret(
                        "push", Wallet.DATASET_OWNER, SdkStep.of("dataset", "address"), SdkStep.of("encrypt", "key")),
                SdkStep.checkDatasetSecret("check", SdkStep.of("dataset", "address")),
                SdkStep.deployApp(
                        "app",
                        Wallet.APP_DEVELOPER,
                        "reader (tdx)",
                        "registry.example/reader:1",
                        "0x" + HexFormat.of().formatHex(app.checksum())),
                SdkStep.matchDeal("deal", terms, PARAMS));
        return remembering(run.orThrow());
    }

    /** SDK 8: a dataset, its key, app and requester secrets, a storage token, an app with a JSON configuration, a deal. */
    private SdkRun sdk8(Path original, Path encrypted, DemoApp app) {
        IexecSdk sdk = new IexecSdk(IexecSdk.Version.V8, stage.chain(), stage.poco, stage.server.scone());
        var terms = stage.scenario
                .terms(SdkStep.of("app", "address"))
                .withDataset(SdkStep.of("dataset", "address"), Wallet.DATASET_OWNER);
        SdkRun run = sdk.run(
                SdkStep.encryptDataset("encrypt", original, encrypted),
                SdkStep.deployDataset(
                        "dataset",
                        Wallet.DATASET_OWNER,
                        "patients (sdk 8)",
                        "/ipfs/QmW2WQi7j6c7UgJTarActp7tDNikE4B2qXtFCfLPdsgaTQ",
                        SdkStep.of("encrypt", "checksum")),
                SdkStep.pushDatasetSecret(
                        "push", Wallet.DATASET_OWNER, SdkStep.of("dataset", "address"), SdkStep.of("encrypt", "key")),
                SdkStep.checkDatasetSecret("check", SdkStep.of("dataset", "address")),
                SdkStep.deployApp(
                        "app",
                        Wallet.APP_DEVELOPER,
                        "reader (scone)",
                        "registry.example/reader:1",
                        "0x" + "11".repeat(32),
                        configuration(app.cardForm(stage.mrEnclave))),
                SdkStep.pushAppSecret(
                        "app secret", Wallet.APP_DEVELOPER, SdkStep.of("app", "address"), secret("app-secret")),
                SdkStep.pushRequesterSecret("greeting", Wallet.REQUESTER, "greeting", secret("requester-secret")),
                SdkStep.pushStorageToken("token", Wallet.REQUESTER, secret("dropbox-token"), false),
                SdkStep.matchDeal("deal", terms, PARAMS));
        return remembering(run.orThrow());
    }

    private SdkRun remembering(SdkRun run) {
        secrets.add(run.outcome("encrypt").text("key"));
        return run;
    }

    static Map<String, Object> configuration(String fingerprint) {
        return Map.of(
                "framework",
                "SCONE",
                "version",
                PIPELINE,
                "entrypoint",
                "/bin/sh app.sh",
                "heapSize",
                1_073_741_824L,
                "fingerprint",
                fingerprint);
    }

    /** Encrypts and pushes with both SDKs. */
    SdkDeals withTheRealSdks(StepLog log, DemoApp jsonApp, DemoApp tdxApp) throws IOException {
        Path nine = original("patients-9.csv");
        Path encryptedNine = stage.worker().resolve("patients-9.enc");
        SdkRun run9 = sdk9(nine, encryptedNine, tdxApp);
        log.ok(
                "SDK 9.0.1 encrypted a dataset and pushed its key",
                run9.outcome("dataset").text("address"));
        log.ok("SDK 9.0.1 sees the key", "present: " + run9.outcome("check").is("exists"));
        log.ok("SDK 9.0.1 matched a TDX deal", run9.outcome("deal").text("dealId"));
        Path eight = original("patients-8.csv");
        Path encryptedEight = stage.worker().resolve("patients-8.enc");
        SdkRun run8 = sdk8(eight, encryptedEight, jsonApp);
        log.ok(
                "SDK 8.24.0 encrypted a dataset and pushed its key",
                run8.outcome("dataset").text("address"));
        log.ok("SDK 8.24.0 pushed app, requester and storage secrets", "3 secrets");
        log.ok("SDK 8.24.0 matched a SCONE deal", run8.outcome("deal").text("dealId"));
        return new SdkDeals(
                new DemoDataset(run9.outcome("dataset").text("address"), encryptedNine, sha256(nine)),
                new DemoDataset(run8.outcome("dataset").text("address"), encryptedEight, sha256(eight)),
                run9.outcome("deal").text("dealId"),
                run8.outcome("deal").text("dealId"));
    }

    /** A dataset encrypted by our own client and deployed, its key not yet pushed. */
    record Unpushed(DemoDataset dataset, DatasetKey key) {}

    Unpushed ownDataset(String name) throws IOException {
        Path original = original(name);
        Path encrypted = stage.worker().resolve(name + ".enc");
        DatasetKey key = DatasetKey.random(random);
        Bytes32 checksum = new DatasetFile(random).encrypt(original, encrypted, key, (done, total) -> {});
        try (SecretBytes text = key.text()) {
            secrets.add(text.text(RawSecretAccess.to("look for it where it must not be")));
        }
        String address = stage.scenario.createDataset("https://data.example/" + name, checksum.bytes());
        return new Unpushed(new DemoDataset(address, encrypted, sha256(original)), key);
    }

    /** Pushes with our own client. */
    void push(Unpushed unpushed) throws IOException {
        var wallet = io.attested.sms.worker.ethereum.Wallet.parse(SecretBytes.ofUtf8(Wallet.DATASET_OWNER.privateKey()))
                .orElseThrow();
        EthereumAddress dataset =
                EthereumAddress.parse(unpushed.dataset().address()).orElseThrow();
        try (SecretBytes key = unpushed.key().text()) {
            PushOutcome outcome = new SmsClient(stage.http, stage.server.scone())
                    .push(new SecretTarget.OfDataset(dataset), key, wallet);
            if (!(outcome instanceof PushOutcome.Stored)) {
                throw new IOException("the key was not taken: " + outcome);
            }
        }
    }

    /** Leaves nothing of the owners on this machine but what is encrypted. */
    void leave() throws IOException {
        try (var files = Files.list(stage.owner())) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}
