package io.attested.sms.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.attested.sms.attestation.simulated.SimulatedIntel;
import io.attested.sms.boot.SmsServer;
import io.attested.sms.contracts.testbed.FreePorts;
import io.attested.sms.contracts.testbed.LocalChain;
import io.attested.sms.contracts.testbed.PocoDeployment;
import io.attested.sms.contracts.testbed.Wallet;
import io.attested.sms.identity.Keccak256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What must be right before the service starts; each refusal says in a sentence what is wrong. */
class StartTest {
    private static final int REFUSED = 78;

    /** What production needs beyond what a test's service has. */
    private static Map<String, String> production;

    private static LocalChain chain;
    private static String hub;

    @TempDir
    private Path folder;

    @BeforeAll
    static void deploy() {
        chain = LocalChain.anvil();
        hub = PocoDeployment.deploy(chain).hub();
        production = Map.of(
                "sms.realm",
                "production",
                "sms.chain.depth",
                "1",
                "sms.chain.trust",
                "single-node",
                "sms.chain.hub-code-hash",
                hubCodeHash(),
                "sms.attestation.collateral.source",
                "pcs");
    }

    private static String hubCodeHash() {
        String question =
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_getCode\",\"params\":[\"" + hub + "\",\"latest\"]}";
        try (HttpClient http = HttpClient.newHttpClient()) {
            String answer = http.send(
                            HttpRequest.newBuilder(chain.url())
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString(question))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            String code = JsonMapper.shared().readTree(answer).path("result").asString();
            return "0x" + HexFormat.of().formatHex(Keccak256.of(HexFormat.of().parseHex(code.substring(2))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @AfterAll
    static void stop() {
        chain.close();
    }

    private void start(Map<String, String> settings) {
        RunningServer.start(folder, chain.url(), hub, settings).close();
    }

    private static Map<String, String> with(Map<String, String> settings, String key, String value) {
        Map<String, String> all = new java.util.HashMap<>(settings);
        all.put(key, value);
        return all;
    }

    private void assertRefused(Map<String, String> settings, String... words) {
        Throwable failure = catchThrowable(() -> start(settings));
        assertThat(failure).isNotNull();
        String sentences = Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .filter(cause -> cause.getClass().getSimpleName().endsWith("Refused"))
                .map(Throwable::getMessage)
                .collect(Collectors.joining());
        assertThat(sentences).contains(words);
    }

    @Test
    void productionRefusesDepthZero() {
        assertRefused(with(production, "sms.chain.depth", "0"), "sms.chain.depth is 0");
    }

    @Test
    void productionRefusesOneNodeUnlessItIsWrittenOut() {
        assertRefused(with(production, "sms.chain.trust", ""), "sms.chain.trust=single-node");
        assertRefused(with(production, "sms.chain.trust", "yes"), "sms.chain.trust=single-node");
    }

    @Test
    void productionRefusesAnotherRoot() throws IOException {
        Path root = Files.writeString(
                folder.resolve("root.pem"),
                SimulatedIntel.create(Instant.now(), new SecureRandom()).rootPem());
        assertRefused(
                with(production, "sms.attestation.trust-root", root.toString()), "sms.attestation.trust-root is set");
        start(Map.of("sms.attestation.trust-root", root.toString()));
    }

    @Test
    void productionRefusesToBeWithoutCollateralOfItsOwn() {
        assertRefused(
                with(production, "sms.attestation.collateral.source", "none"),
                "sms.attestation.collateral.source is none and there is no bundle");
    }

    @Test
    void settingsOfCollateralThatMakeNoSenseAreRefused() throws IOException {
        for (String source : new String[] {"intel", "ftp://pccs.example", "http://", "http://user:word@pccs.example"}) {
            assertRefused(
                    Map.of("sms.attestation.collateral.source", source),
                    "sms.attestation.collateral.source is neither");
        }
        assertRefused(
                Map.of("sms.attestation.collateral.platforms-per-hour", "0"),
                "sms.attestation.collateral.platforms-per-hour");
        Path policy = Files.writeString(folder.resolve("policy.json"), "{\"acceptedTees\":[]}");
        assertRefused(
                Map.of("sms.attestation.policy", policy.toString()), "sms.attestation.policy holds no evidence policy");
        Path bundle = Files.writeString(folder.resolve("bundle.json"), "[]");
        assertRefused(
                Map.of("sms.attestation.collateral.bundle", bundle.toString()),
                "sms.attestation.collateral.bundle is not believed");
        assertRefused(
                Map.of(
                        "sms.attestation.collateral.source",
                        "pcs",
                        "sms.attestation.collateral.folder",
                        bundle.toString()),
                "sms.attestation.collateral.folder cannot be used");
    }

    @Test
    void healthAndMetricsSayHowTheCollateralIs() throws IOException {
        SimulatedIntel intel = SimulatedIntel.create(Instant.now(), new SecureRandom());
        Path root = Files.writeString(folder.resolve("root.pem"), intel.rootPem());
        Path bundle =
                Files.write(folder.resolve("bundle.json"), intel.collateral().toJson());
        Map<String, String> settings = Map.of(
                "sms.attestation.trust-root",
                root.toString(),
                "sms.attestation.collateral.bundle",
                bundle.toString(),
                "sms.attestation.collateral.folder",
                folder.resolve("collateral").toString());
        try (RunningServer server = RunningServer.start(folder, chain.url(), hub, settings)) {
            assertThat(server.get(server.nativeApi().resolve("/v1/health")).body())
                    .contains("\"source\":\"bundle\"", "\"platforms\":1", "\"circuit\":\"closed\"", "firstExpiry");
            assertThat(server.get(server.nativeApi().resolve("/actuator/prometheus"))
                            .body())
                    .contains("sms_collateral_expiry_seconds 259", "sms_collateral_circuit_open 0.0");
        }
        assertThat(folder.resolve("collateral/sgx-00c0de000001-platform.json")).exists();
    }

    @Test
    void productionRefusesAHubThatIsNotPinned() {
        assertRefused(with(production, "sms.chain.hub-code-hash", ""), "sms.chain.hub-code-hash is not");
    }

    @Test
    void productionStartsWhenItIsComplete() {
        start(production);
    }

    @Test
    void devRefusesToListenBeyondLoopback() {
        assertRefused(Map.of("server.address", "0.0.0.0"), "not a loopback address");
        start(Map.of("server.address", "127.0.0.1"));
    }

    @Test
    void settingsWithoutDefaultMustBeSet() {
        assertRefused(Map.of("sms.realm", ""), "sms.realm is not set");
        assertRefused(Map.of("sms.chain.hub", "0x12"), "sms.chain.hub is not an address");
    }

    @Test
    void mistypedSettingIsRefusedInsteadOfPassedOver() {
        assertRefused(Map.of("sms.chain.max-haed-age", "1m"), "sms.chain.max-haed-age is no setting");
    }

    @Test
    void twoListenersOnOnePortAreRefused() {
        assertRefused(
                Map.of("sms.iexec.listeners[0].port", "13301", "sms.iexec.listeners[1].port", "13301"),
                "names port 13301 twice");
    }

    @Test
    void measurementsFileThatBreaksARuleIsRefused() throws IOException {
        Path file = folder.resolve("measurements.json");
        Files.writeString(file, "{\"format\":\"sms-measurements/1\",\"tdxBaseImages\":[{}]}");
        assertRefused(Map.of("sms.measurements.file", file.toString()), "tdxBaseImages[0]", "lacks a member");
        assertRefused(Map.of("sms.measurements.file", folder.resolve("none").toString()), "cannot be read");
        Files.writeString(file, "{\"format\":\"sms-measurements/1\",\"tdxBaseImages\":[]}");
        start(Map.of("sms.measurements.file", file.toString()));
    }

    @Test
    void anotherChainIsRefused() {
        assertRefused(Map.of("sms.chain.id", "134"), "134", "65535");
    }

    @Test
    void hubWithoutCodeIsRefused() {
        assertRefused(Map.of("sms.chain.hub", Wallet.STRANGER.address()), "no PoCo hub is known at");
    }

    @Test
    void hubWithOtherCodeIsRefused() {
        assertRefused(Map.of("sms.chain.hub-code-hash", "0x" + "12".repeat(32)), "hub", "code");
    }

    @Test
    void deadNodeIsRefused() {
        assertRefused(Map.of("sms.chain.nodes[0].url", "http://127.0.0.1:" + FreePorts.one()), "node");
    }

    @Test
    void storeOfAnotherRealmIsRefused() {
        start(Map.of());
        assertRefused(production, "dev", "production");
        start(Map.of());
    }

    @Test
    void storeWithoutItsRootKeyIsRefused() throws IOException {
        start(Map.of());
        Files.move(folder.resolve("store/root.key"), folder.resolve("elsewhere.key"));
        assertRefused(Map.of(), "root.key");
        assertThat(folder.resolve("store/root.key")).doesNotExist();
        start(Map.of("sms.store.root-key-file", folder.resolve("elsewhere.key").toString()));
    }

    @Test
    void refusedProcessSaysASentenceAndExitsWith78() throws Exception {
        Map<String, String> settings = RunningServer.settings(folder, chain.url(), hub);
        settings.put("sms.realm", "production");
        Ended ended = process(settings);
        assertThat(ended.exitCode()).as(ended.output()).isEqualTo(REFUSED);
        assertThat(ended.output())
                .contains("The service refuses to start: sms.chain.depth is 0")
                .doesNotContain("\tat ");
    }

    @Test
    void processWithoutARealmSaysSo() throws Exception {
        Map<String, String> settings = RunningServer.settings(folder, chain.url(), hub);
        settings.remove("sms.realm");
        Ended ended = process(settings);
        assertThat(ended.exitCode()).as(ended.output()).isEqualTo(REFUSED);
        assertThat(ended.output())
                .contains("The service refuses to start: sms.realm is not set")
                .doesNotContain("\tat ");
    }

    private record Ended(int exitCode, String output) {}

    private static Ended process(Map<String, String> settings) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SmsServer.class.getName()));
        settings.put("server.port", Integer.toString(FreePorts.one()));
        command.addAll(List.of(RunningServer.arguments(settings)));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String output =
                    new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
            return new Ended(process.exitValue(), output);
        } finally {
            process.destroyForcibly();
        }
    }
}
