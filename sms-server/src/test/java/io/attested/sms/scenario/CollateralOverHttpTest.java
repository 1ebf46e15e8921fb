package io.attested.sms.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.binding.ReportBinding;
import io.attested.sms.attestation.collateral.Collateral;
import io.attested.sms.attestation.seal.HpkeX25519;
import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.attestation.simulated.PccsStandIn;
import io.attested.sms.attestation.simulated.PccsStandIn.Behaviour;
import io.attested.sms.attestation.simulated.SimulatedCertificate;
import io.attested.sms.attestation.simulated.SimulatedEnclave;
import io.attested.sms.attestation.simulated.SimulatedIntel;
import io.attested.sms.contracts.testbed.LocalChain;
import io.attested.sms.contracts.testbed.Poco;
import io.attested.sms.contracts.testbed.PocoDeployment;
import io.attested.sms.contracts.testbed.Scenario;
import io.attested.sms.contracts.testbed.Wallet;
import io.attested.sms.worker.app.ApplicationTree;
import io.attested.sms.worker.app.FingerprintParts;
import io.attested.sms.worker.app.MeasuredTree.ManifestOutcome;
import io.attested.sms.worker.app.TreeOutcome;
import io.attested.sms.worker.ethereum.Bytes32;
import io.attested.sms.worker.json.MalformedJsonException;
import io.attested.sms.worker.release.Answer;
import io.attested.sms.worker.release.AskSigner;
import io.attested.sms.worker.release.Authorization;
import io.attested.sms.worker.release.Challenge;
import io.attested.sms.worker.release.HttpReleaseService;
import io.attested.sms.worker.release.RuntimeData;
import io.attested.sms.worker.release.ServiceDescription;
import io.attested.sms.worker.release.SignedAsk;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A service that fetches its own collateral from a PCCS on a real socket. */
@Timeout(300)
class CollateralOverHttpTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final byte[] MR_ENCLAVE = HexFormat.of().parseHex("ab".repeat(32));
    /** More than the store's connections. */
    private static final int MANY = 12;

    private static final int FORGED = 30;
    private static final Duration PAUSE_OVER = Duration.ofSeconds(31);

    private static LocalChain chain;
    private static Poco poco;
    private static Scenario story;
    private static FingerprintParts parts;
    private static String app;

    private final ShiftedClock clock = new ShiftedClock();
    private final SimulatedIntel intel = SimulatedIntel.create(Instant.now(), new SecureRandom());
    private final PccsStandIn pccs = PccsStandIn.start();
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private RunningServer server;
    private HttpReleaseService client;
    private ServiceDescription service;

    /** The system's time, and what a test lets pass. */
    private static final class ShiftedClock implements InstantSource {
        private volatile Duration ahead = Duration.ZERO;

        void pass(Duration time) {
            ahead = ahead.plus(time);
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }
    }

    /** Evidence that waits to be sent. */
    private record Evidence(Challenge challenge, byte[] runtimeData, byte[] quote) {}

    @BeforeAll
    static void deploy(@TempDir Path tree) throws IOException {
        chain = LocalChain.anvil();
        poco = PocoDeployment.deploy(chain);
        story = Scenario.on(chain, poco);
        Files.writeString(tree.resolve("probe"), "#!/bin/sh\n");
        Files.writeString(tree.resolve("sms-launch.json"), "{\"program\":\"probe\",\"arguments\":[]}");
        if (ApplicationTree.measure(tree) instanceof TreeOutcome.Measured measured
                && measured.tree().manifest() instanceof ManifestOutcome.Made made) {
            parts = made.manifest().fingerprintParts();
            app = story.createApp(parts.fingerprint(Bytes32.of(MR_ENCLAVE)));
            return;
        }
        throw new AssertionError("the fixture's tree is measurable");
    }

    @AfterAll
    static void stopChain() {
        chain.close();
    }

    @BeforeEach
    void open() throws IOException {
        Files.writeString(folder.resolve("root.pem"), intel.rootPem());
        publish(intel.collateral());
        startServer();
        assertThat(push("iexec-result-iexec-ipfs-token")).isEqualTo(204);
    }

    @AfterEach
    void close() {
        server.close();
        http.close();
        pccs.close();
    }

    private void publish(Collateral collateral) {
        pccs.publish("sgx", SimulatedIntel.FMSPC_HEX, "platform", collateral);
    }

    private void startServer() {
        Map<String, String> settings = Map.of(
                "sms.attestation.trust-root",
                folder.resolve("root.pem").toString(),
                "sms.attestation.collateral.source",
                pccs.base().toString(),
                "sms.attestation.collateral.folder",
                folder.resolve("collateral").toString());
        server = RunningServer.start(
                folder,
                chain.url(),
                poco.hub(),
                settings,
                context -> ((GenericApplicationContext) context)
                        .registerBean(
                                "shiftedClock",
                                InstantSource.class,
                                () -> clock,
                                definition -> definition.setPrimary(true)));
        client = new HttpReleaseService(http, server.nativeApi());
        service = given(client.describe());
    }

    private static <T> T given(Answer<T> answer) {
        return switch (answer) {
            case Answer.Given<T>(T value) -> value;
            case Answer.Declined<T>(String code, String detail) -> throw new AssertionError(code + ": " + detail);
        };
    }

    private int push(String name) {
        return server.send(Pushes.accountPush(server.scone(), Wallet.REQUESTER, name, "token"))
                .statusCode();
    }

    private String task() {
        return story.initialize(story.match(story.terms(app)), 0);
    }

    private SimulatedEnclave enclave() {
        return SimulatedEnclave.of(intel, MR_ENCLAVE).withConfigId(parts.configId(service.serviceKey()));
    }

    private Evidence evidence(String task) {
        try {
            Authorization authorization =
                    Authorization.parse(JSON.writeValueAsBytes(Asking.members(Asking.authorization(
                            task,
                            server.send(Asking.challenge(server.scone(), task)).body()))));
            SignedAsk ask =
                    signer().sign(authorization.chainTaskId(), authorization.enclaveChallenge(), service.askDomain());
            Challenge challenge = given(client.ask(authorization, ask));
            byte[] key = HpkeX25519.newOpener().publicKey();
            byte[] runtimeData = RuntimeData.of(service, challenge, ask.ask(), HpkeX25519.KEM, key)
                    .bytes();
            return new Evidence(challenge, runtimeData, enclave().quote(reportData(runtimeData)));
        } catch (MalformedJsonException e) {
            throw new AssertionError(e);
        }
    }

    private AskSigner signer() {
        byte[] key = HexFormat.of().parseHex(Wallet.WORKER.privateKey().substring(2));
        return AskSigner.of(
                io.attested.sms.worker.ethereum.Wallet.ofPrivateKey(SecretBytes.owning(key))
                        .orElseThrow(),
                clock);
    }

    private static byte[] reportData(byte[] runtimeData) {
        return ReportBinding.reportData(ReportBinding.WORKER_DOMAIN, runtimeData);
    }

    /** Sends evidence without any collateral. */
    private HttpResponse<String> redeem(Evidence evidence) {
        Base64.Encoder base64 = Base64.getEncoder();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("challenge", evidence.challenge().token());
        body.put("quote", base64.encodeToString(evidence.quote()));
        body.put("runtimeData", base64.encodeToString(evidence.runtimeData()));
        return server.postJson(server.nativeApi().resolve("/v1/grants"), JSON.writeValueAsString(body));
    }

    private HttpResponse<String> redeem() {
        return redeem(evidence(task()));
    }

    private static void assertGranted(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static void assertUnavailable(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(JSON.readTree(answer.body()).path("code").asString()).isEqualTo("collateral.unavailable");
        assertThat(answer.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
    }

    private JsonNode health() {
        String body = server.get(server.nativeApi().resolve("/v1/health")).body();
        return JSON.readTree(body).path("collateral");
    }

    @Test
    void grantsWithWhatThePccsPublishes() {
        assertThat(health().path("platforms").asInt()).isZero();
        assertGranted(redeem());
        assertGranted(redeem());
        assertThat(pccs.requests()).hasSize(4);
        assertThat(health().path("source").asString()).isEqualTo("pccs");
        assertThat(health().path("platforms").asInt()).isEqualTo(1);
    }

    @Test
    void outageWithAColdCacheIs503UntilThePccsIsBack() {
        pccs.behave(Behaviour.DOWN);
        for (int i = 0; i < 8 && !health().path("circuit").asString().equals("open"); i++) {
            assertUnavailable(redeem());
            clock.pass(PAUSE_OVER);
        }
        assertThat(health().path("circuit").asString()).isEqualTo("open");
        assertThat(health().path("platforms").asInt()).isZero();
        pccs.behave(Behaviour.NORMAL);
        clock.pass(Duration.ofMinutes(2));
        assertGranted(redeem());
        assertThat(health().path("circuit").asString()).isEqualTo("closed");
    }

    @Test
    void warmCacheOutlivesARestartWithoutThePccs() {
        assertGranted(redeem());
        int asked = pccs.requests().size();
        server.close();
        pccs.behave(Behaviour.DOWN);
        startServer();
        assertThat(health().path("platforms").asInt()).isEqualTo(1);
        assertGranted(redeem());
        assertThat(pccs.requests()).hasSize(asked);
    }

    @Test
    void collateralThatRanOutDuringAnOutageIsNotUsed() {
        Instant issued = Instant.now().minusSeconds(3600).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
        publish(endingAt(issued, issued.plusSeconds(3660)));
        assertGranted(redeem());
        pccs.behave(Behaviour.DOWN);
        clock.pass(Duration.ofSeconds(70));
        assertUnavailable(redeem());
    }

    private Collateral endingAt(Instant issued, Instant end) {
        String dates = "\"issueDate\":\"" + issued + "\",\"nextUpdate\":\"" + end + "\"";
        return intel.collateralDraft()
                .tcbInfo(json -> json.replaceFirst("\"issueDate\":\"[^,]*,\"nextUpdate\":\"[^\"]*\"", dates))
                .sign();
    }

    @Test
    void fetchThatHangsHoldsUpNoPush() throws Exception {
        List<Evidence> waiting = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            waiting.add(evidence(task()));
        }
        pccs.behave(Behaviour.LATE);
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> answers = waiting.stream()
                    .map(each -> workers.submit(() -> redeem(each)))
                    .toList();
            while (pccs.requests().isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            assertThat(push("pushed-meanwhile")).isEqualTo(204);
            assertThat(answers).noneMatch(Future::isDone);
            for (Future<HttpResponse<String>> answer : answers) {
                assertGranted(answer.get());
            }
        }
        assertThat(pccs.requests()).hasSize(4);
    }

    @Test
    void forgedPlatformsCauseNoRequest() {
        Random random = new Random(1);
        SimulatedCertificate authority = intel.platformAuthority();
        for (int i = 0; i < FORGED; i++) {
            byte[] fmspc = new byte[6];
            random.nextBytes(fmspc);
            Evidence right = evidence(task());
            byte[] quote = enclave()
                    .draft(
                            reportData(right.runtimeData()),
                            authority.issueForged(intel.pckTermsOf(fmspc, true), intel.key("stranger")),
                            authority.pem() + intel.rootPem())
                    .sign();
            HttpResponse<String> answer = redeem(new Evidence(right.challenge(), right.runtimeData(), quote));
            assertThat(JSON.readTree(answer.body()).path("code").asString()).isEqualTo("evidence.not-an-enclave");
        }
        assertThat(pccs.requests()).isEmpty();
        assertGranted(redeem());
    }
}
