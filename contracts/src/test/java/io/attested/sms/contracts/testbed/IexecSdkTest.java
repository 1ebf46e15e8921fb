package io.attested.sms.contracts.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both SDKs play a whole story against the deployed contracts and an SMS that knows nothing and accepts everything. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IexecSdkTest {
    private static final String CHECKSUM = "0x" + "17".repeat(32);

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private LocalChain chain;
    private Scenario scenario;
    private HttpServer sms;

    @BeforeAll
    void start() throws IOException {
        chain = LocalChain.anvil();
        scenario = Scenario.on(chain, PocoDeployment.deploy(chain));
        sms = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        sms.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders("HEAD".equals(exchange.getRequestMethod()) ? 404 : 204, -1);
            exchange.close();
        });
        sms.start();
    }

    @AfterAll
    void stop() {
        chain.stop();
        sms.stop(0);
    }

    @Test
    void sdk9DeploysPushesAndMatchesATdxDeal(@TempDir Path folder) throws IOException {
        Path plain = Files.writeString(folder.resolve("data"), "forty-two");
        Path encrypted = folder.resolve("data.encrypted");

        SdkRun run = sdk(IexecSdk.Version.V9)
                .run(
                        SdkStep.encryptDataset("data", plain, encrypted),
                        SdkStep.deployDataset(
                                "dataset",
                                Wallet.DATASET_OWNER,
                                "data",
                                "http://127.0.0.1/data",
                                SdkStep.of("data", "checksum")),
                        SdkStep.pushDatasetSecret(
                                "push",
                                Wallet.DATASET_OWNER,
                                SdkStep.of("dataset", "address"),
                                SdkStep.of("data", "key")),
                        SdkStep.deployApp("app", Wallet.APP_DEVELOPER, "app9", "registry.test/app:1", CHECKSUM),
                        SdkStep.pushAppSecret("appSecret", Wallet.APP_DEVELOPER, SdkStep.of("app", "address"), "s"),
                        SdkStep.pushStorageToken("token", Wallet.REQUESTER, "t", false),
                        SdkStep.matchDeal(
                                "deal",
                                terms("$app.address").withTag(TeeTag.TDX).withDataset("$dataset.address"),
                                Map.of("iexec_args", "x")));

        assertThat(run.outcomes())
                .allSatisfy(outcome -> assertThat(outcome.error()).isEmpty());
        assertThat(Files.size(encrypted)).isGreaterThan(Files.size(plain));
        assertThat(run.outcome("push")).matches(push -> push.is("done"));
        assertThat(requests)
                .contains("POST /secrets/web2?ownerAddress=" + Wallet.REQUESTER.checksummedAddress()
                        + "&secretName=iexec-result-dropbox-token");
        assertThat(tagOf(run.outcome("deal").text("dealId"))).isEqualTo(TeeTag.TDX.text());
    }

    @Test
    void sdk8DeploysPushesAndMatchesASconeDeal() {
        Map<String, Object> configuration = Map.of(
                "framework", "SCONE",
                "version", "v5.9",
                "entrypoint", "node /app/app.js",
                "heapSize", 1073741824,
                "fingerprint", "ab".repeat(32));

        SdkRun run = sdk(IexecSdk.Version.V8)
                .run(
                        SdkStep.deployApp(
                                "app", Wallet.APP_DEVELOPER, "app8", "registry.test/app:1", CHECKSUM, configuration),
                        SdkStep.checkAppSecret("absent", SdkStep.of("app", "address")),
                        SdkStep.pushRequesterSecret("requester", Wallet.REQUESTER, "my-secret", "hello é"),
                        SdkStep.pushStorageToken("token", Wallet.REQUESTER, "t", false),
                        SdkStep.matchDeal("deal", terms("$app.address").withTasks(2), Map.of("iexec_args", "x")));

        assertThat(run.outcomes())
                .allSatisfy(outcome -> assertThat(outcome.error()).isEmpty());
        assertThat(run.outcome("absent")).matches(absent -> !absent.is("exists"));
        assertThat(run.outcome("deal").text("tasks")).isEqualTo("2");
        String dealId = run.outcome("deal").text("dealId");
        assertThat(tagOf(dealId)).isEqualTo(TeeTag.SCONE.text());
        assertThat(scenario.initialize(dealId, 1)).isEqualTo(MatchedDeal.taskId(dealId, 1));
    }

    @ParameterizedTest
    @EnumSource
    void everySecretOfABuyerIsPushedAndAskedForByBothSdks(IexecSdk.Version version) throws Exception {
        requests.clear();

        SdkRun run = sdk(version)
                .run(
                        SdkStep.pushResultEncryptionKey("key", Wallet.REQUESTER, publicKey(), false),
                        SdkStep.pushRequesterSecret("requester", Wallet.REQUESTER, "name", "value"),
                        SdkStep.pushStorageToken("token", Wallet.REQUESTER, "t", true),
                        SdkStep.checkResultEncryptionKey("key?", Wallet.WORKER),
                        SdkStep.checkRequesterSecret("requester?", Wallet.WORKER, "name"),
                        SdkStep.checkStorageToken("token?", Wallet.WORKER),
                        SdkStep.checkDatasetSecret("dataset?", Wallet.WORKER.address()))
                .orThrow();

        assertThat(run.outcomes()).filteredOn(outcome -> outcome.is("done")).hasSize(3);
        assertThat(run.outcomes())
                .filteredOn(outcome -> Boolean.FALSE.equals(outcome.result().get("exists")))
                .hasSize(4);
        assertThat(requests).filteredOn(request -> request.startsWith("POST")).hasSize(3);
    }

    private static String publicKey() throws NoSuchAlgorithmException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        String der = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(generator.generateKeyPair().getPublic().getEncoded());
        return "-----BEGIN PUBLIC KEY-----\n" + der + "\n-----END PUBLIC KEY-----";
    }

    @Test
    void aStepThatFailsSaysWhyAndTheOthersGoOn() {
        SdkRun run = sdk(IexecSdk.Version.V8)
                .run(
                        SdkStep.pushDatasetSecret("wrong", Wallet.STRANGER, "no address", "k"),
                        SdkStep.checkStorageToken("right", Wallet.REQUESTER));

        assertThat(run.outcome("wrong").ok()).isFalse();
        assertThat(run.outcome("wrong").error()).isNotBlank();
        assertThat(run.outcome("right").ok()).isTrue();
    }

    private DealTerms terms(String app) {
        return scenario.terms(app);
    }

    private IexecSdk sdk(IexecSdk.Version version) {
        URI url = URI.create("http://127.0.0.1:" + sms.getAddress().getPort());
        return new IexecSdk(version, chain, scenario.poco(), url);
    }

    private String tagOf(String dealId) {
        String deal = chain.rpc().read(scenario.poco().hub(), Abi.call("viewDeal(bytes32)", Abi.word(dealId)));
        int word = 1 + 11;
        return "0x"
                + new String(deal.getBytes(StandardCharsets.US_ASCII), 2 + word * 64, 64, StandardCharsets.US_ASCII);
    }
}
