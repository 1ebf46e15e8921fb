package io.attested.sms.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.binding.ReportBinding;
import io.attested.sms.attestation.seal.HpkeX25519;
import io.attested.sms.attestation.seal.RawSecretAccess;
import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.attestation.seal.ServiceSignature;
import io.attested.sms.attestation.simulated.SimulatedEnclave;
import io.attested.sms.attestation.simulated.SimulatedIntel;
import io.attested.sms.attestation.simulated.SimulatedTcb;
import io.attested.sms.audit.AuditEntry;
import io.attested.sms.audit.AuditLog;
import io.attested.sms.audit.Event;
import io.attested.sms.audit.Field;
import io.attested.sms.audit.LogEntry;
import io.attested.sms.audit.LogHead;
import io.attested.sms.contracts.testbed.Ask;
import io.attested.sms.contracts.testbed.DealTerms;
import io.attested.sms.contracts.testbed.TeeTag;
import io.attested.sms.contracts.testbed.Wallet;
import io.attested.sms.contracts.testbed.WorkerpoolAuthorization;
import io.attested.sms.worker.ServiceKey;
import io.attested.sms.worker.app.ApplicationTree;
import io.attested.sms.worker.app.FingerprintParts;
import io.attested.sms.worker.app.MeasuredTree.ManifestOutcome;
import io.attested.sms.worker.app.TreeOutcome;
import io.attested.sms.worker.boot.BootOutcome;
import io.attested.sms.worker.boot.BootStage;
import io.attested.sms.worker.boot.TaskOrder;
import io.attested.sms.worker.dataset.DatasetFile;
import io.attested.sms.worker.dataset.DatasetKey;
import io.attested.sms.worker.dataset.Progress;
import io.attested.sms.worker.ethereum.Bytes32;
import io.attested.sms.worker.release.Answer;
import io.attested.sms.worker.release.AskSigner;
import io.attested.sms.worker.release.Authorization;
import io.attested.sms.worker.release.Challenge;
import io.attested.sms.worker.release.Grant;
import io.attested.sms.worker.release.HttpReleaseService;
import io.attested.sms.worker.release.Redemption;
import io.attested.sms.worker.release.RuntimeData;
import io.attested.sms.worker.release.ServiceDescription;
import io.attested.sms.worker.release.SignedAsk;
import io.attested.sms.worker.simulated.SimulatedEvidence;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The native release from the real client to the real service; the evidence is simulated and its root trusted. */
class NativeHttpTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final byte[] MR_ENCLAVE = HexFormat.of().parseHex("ab".repeat(32));
    private static final String PLAINTEXT = "what the dataset's owner knows";
    private static final int IN_PARALLEL = 8;
    private static final int MANY = 1000;
    private static final String PROBE = """
            #!/bin/sh
            for argument in "$@"; do echo "argument=$argument"; done
            tr '\\0' '\\n' < /proc/$$/environ | sed 's/^/variable=/'
            for f in "$IEXEC_IN"/*; do [ -f "$f" ] && echo "dataset=$(cat "$f")"; done
            exit 0
            """;

    @TempDir
    private static Path folder;

    private static ServedChain served;
    private static RunningServer server;
    private static SimulatedIntel intel;
    private static HttpClient http;
    private static HttpReleaseService client;
    private static ServiceDescription service;
    private static Application first;
    private static Application second;
    private static Encrypted dataset;

    /** An application: its tree, what it measures to, where it is registered. */
    private record Application(Path tree, FingerprintParts parts, String address) {}

    /** A dataset: the encrypted file, its key as pushed, where it is registered. */
    private record Encrypted(Path file, String keyText, String address) {}

    @BeforeAll
    static void start() throws IOException {
        intel = SimulatedIntel.create(Instant.now(), new SecureRandom());
        intel.save(Files.createDirectory(folder.resolve("pki")));
        Path root = Files.writeString(folder.resolve("root.pem"), intel.rootPem());
        served = ServedChain.start(folder, Map.of("sms.attestation.trust-root", root.toString()));
        server = served.server();
        http = HttpClient.newHttpClient();
        client = new HttpReleaseService(http, server.nativeApi());
        service = given(client.describe());
        first = application("first");
        second = application("second");
        dataset = dataset();
        pushSecrets();
    }

    @AfterAll
    static void stop() {
        http.close();
        served.close();
    }

    private static Application application(String name) throws IOException {
        Path tree = Files.createDirectory(folder.resolve(name));
        Files.createDirectory(tree.resolve("bin"));
        Files.writeString(tree.resolve("bin/probe"), PROBE);
        Files.setAttribute(tree.resolve("bin/probe"), "unix:mode", 0755);
        Files.writeString(
                tree.resolve("sms-launch.json"), "{\"program\":\"bin/probe\",\"arguments\":[\"" + name + "\"]}");
        if (ApplicationTree.measure(tree) instanceof TreeOutcome.Measured measured
                && measured.tree().manifest() instanceof ManifestOutcome.Made made) {
            FingerprintParts parts = made.manifest().fingerprintParts();
            return new Application(tree, parts, served.story().createApp(parts.fingerprint(Bytes32.of(MR_ENCLAVE))));
        }
        throw new AssertionError("the fixture's tree is measurable");
    }

    private static Encrypted dataset() throws IOException {
        Path encrypted = folder.resolve("dataset.enc");
        Path plain = Files.writeString(folder.resolve("plain"), PLAINTEXT);
        try (DatasetKey key = DatasetKey.random(new SecureRandom())) {
            Bytes32 checksum = new DatasetFile(new SecureRandom()).encrypt(plain, encrypted, key, Progress.SILENT);
            return new Encrypted(
                    encrypted,
                    key.text().text(RawSecretAccess.to("push it in a test")),
                    served.story().createDataset("http://127.0.0.1/dataset", checksum.bytes()));
        }
    }

    private static void pushSecrets() {
        stored(Pushes.datasetPush(server.scone(), Wallet.DATASET_OWNER, dataset.address(), dataset.keyText()));
        stored(Pushes.appPush(server.scone(), Wallet.APP_DEVELOPER, first.address(), "the developer's"));
        stored(Pushes.requesterPush(server.scone(), Wallet.REQUESTER, "mine", "the requester's"));
        stored(Pushes.accountPush(server.scone(), Wallet.REQUESTER, "iexec-result-iexec-ipfs-token", "token"));
    }

    private static void stored(java.net.http.HttpRequest.Builder push) {
        assertThat(server.send(push).statusCode()).isEqualTo(204);
    }

    private static <T> T given(Answer<T> answer) {
        return switch (answer) {
            case Answer.Given<T>(T value) -> value;
            case Answer.Declined<T>(String code, String detail) -> throw new AssertionError(code + ": " + detail);
        };
    }

    private static String task(Application application, UnaryOperator<DealTerms> change) {
        DealTerms terms = served.story()
                .terms(application.address())
                .withParams("{\"iexec_args\":\"--name 'two words'\",\"iexec_secrets\":{\"1\":\"mine\"}}");
        return served.story().initialize(served.story().match(change.apply(terms)), 0);
    }

    private static WorkerpoolAuthorization authorization(String task) {
        return Asking.authorization(
                task, server.send(Asking.challenge(server.scone(), task)).body());
    }

    private static Authorization clients(WorkerpoolAuthorization authorization) {
        try {
            return Authorization.parse(JSON.writeValueAsBytes(Asking.members(authorization)));
        } catch (io.attested.sms.worker.json.MalformedJsonException e) {
            throw new AssertionError(e);
        }
    }

    private static AskSigner signer() {
        byte[] key = HexFormat.of().parseHex(Wallet.WORKER.privateKey().substring(2));
        return AskSigner.of(
                io.attested.sms.worker.ethereum.Wallet.ofPrivateKey(SecretBytes.owning(key))
                        .orElseThrow(),
                InstantSource.system());
    }

    private static SimulatedEnclave enclave(Application application) {
        return SimulatedEnclave.of(intel, MR_ENCLAVE)
                .withConfigId(application.parts().configId(service.serviceKey()));
    }

    /** What a boot stage did, and what its application printed. */
    private record Run(BootOutcome outcome, String printed) {}

    private static Run run(SimulatedEnclave enclave, Application application, String task) {
        return run(enclave, application, authorization(task));
    }

    private static Run run(SimulatedEnclave enclave, Application application, WorkerpoolAuthorization authorization) {
        try {
            ByteArrayOutputStream printed = new ByteArrayOutputStream();
            Path memory = Files.createTempDirectory(folder, "memory");
            BootOutcome outcome = new BootStage(
                            new SimulatedEvidence(enclave, Optional.empty(), memory),
                            client,
                            signer(),
                            step -> {},
                            new BootStage.Output(printed, printed))
                    .run(TaskOrder.of(clients(authorization), application.tree())
                            .withServiceKey(service.serviceKey())
                            .withDatasetFile(dataset.file()));
            return new Run(outcome, printed.toString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Grant.LogPosition assertGranted(Run run) {
        assertThat(run.outcome()).isInstanceOf(BootOutcome.Started.class);
        BootOutcome.Started started = (BootOutcome.Started) run.outcome();
        assertThat(started.exitCode()).isZero();
        return started.log();
    }

    private static void assertRefused(Run run, String code) {
        assertThat(run.outcome())
                .isInstanceOfSatisfying(
                        BootOutcome.Refused.class,
                        refused ->
                                assertThat(refused.code()).as(refused.detail()).isEqualTo(code));
        assertThat(run.printed()).isEmpty();
    }

    private static AuditEntry lastEntry() {
        AuditLog log = server.bean(AuditLog.class);
        return log.entriesAfter(log.head().sequence() - 1, 1).stream()
                .map(LogEntry::entry)
                .findFirst()
                .orElseThrow();
    }

    // ---- grants

    @Test
    void theMatchingEnclaveGetsExactlyItsSecrets() {
        String task = task(first, terms -> terms.withDataset(dataset.address()));
        long before = Prometheus.counter(server, "sms_grants_total{outcome=\"granted\"}");

        Run run = run(enclave(first), first, task);

        assertGranted(run);
        assertThat(run.printed())
                .contains("argument=first\nargument=--name\nargument=two words\n")
                .contains("variable=IEXEC_TASK_ID=" + task)
                .contains("variable=IEXEC_APP_DEVELOPER_SECRET=the developer's\n")
                .contains("variable=IEXEC_REQUESTER_SECRET_1=the requester's\n")
                .contains("dataset=" + PLAINTEXT)
                .doesNotContain(dataset.keyText())
                .doesNotContain("SIGN_TEE_CHALLENGE_PRIVATE_KEY");
        assertThat(Prometheus.counter(server, "sms_grants_total{outcome=\"granted\"}"))
                .isEqualTo(before + 1);
        AuditEntry entry = lastEntry();
        assertThat(entry.event()).isEqualTo(Event.GRANTED);
        assertThat(entry.fields())
                .containsEntry(Field.CHAIN_TASK_ID, task)
                .containsEntry(Field.DATASET, dataset.address())
                .containsEntry(Field.MR_ENCLAVE, "ab".repeat(32))
                .containsEntry(Field.TRUST_ROOT, "simulated");
    }

    @Test
    void eachGrantCarriesASignedHeadOfAGrowingLog() {
        Grant.LogPosition earlier = assertGranted(run(enclave(first), first, task(first, terms -> terms)));
        Grant.LogPosition later = assertGranted(run(enclave(first), first, task(first, terms -> terms)));
        assertThat(later.sequence()).isGreaterThan(earlier.sequence());
        for (Grant.LogPosition position : List.of(earlier, later)) {
            byte[] statement = LogHead.statement(
                    position.sequence(),
                    io.attested.sms.chain.Bytes32.of(position.head().bytes()));
            assertThat(ServiceSignature.verifies(
                            service.serviceKey().bytes(), LogHead.DOMAIN, statement, position.signature()))
                    .isTrue();
            List<LogEntry> entries = server.bean(AuditLog.class).entriesAfter(position.sequence() - 1, 1);
            assertThat(entries.getFirst().hash().bytes())
                    .isEqualTo(position.head().bytes());
        }
    }

    @Test
    void refusalsCarryASignedHeadToo() {
        HttpResponse<String> refused = server.postJson(
                server.nativeApi().resolve("/v1/grants"),
                "{\"challenge\":\"AAAA\",\"quote\":\"AAAA\",\"runtimeData\":\"AAAA\"}");
        assertProblem(refused, 403, "evidence.challenge-unknown");
        String[] words =
                refused.headers().firstValue("SMS-Log-Head").orElseThrow().split(" ");
        byte[] statement = LogHead.statement(Long.parseLong(words[0]), io.attested.sms.chain.Bytes32.parse(words[1]));
        assertThat(ServiceSignature.verifies(
                        service.serviceKey().bytes(),
                        LogHead.DOMAIN,
                        statement,
                        java.util.Base64.getDecoder().decode(words[2])))
                .isTrue();
    }

    // ---- evidence

    @Test
    void codeInTheFirstAppsEnclaveCannotAskForTheSecondsTask() {
        String task = task(second, terms -> terms.withDataset(dataset.address()));
        assertRefused(run(enclave(first), first, task), "evidence.wrong-launch");
        assertThat(lastEntry().fields()).containsEntry(Field.CODE, "evidence.wrong-launch");
        assertGranted(run(enclave(second), second, task));
    }

    @Test
    void enclaveLaunchedForAnotherServiceIsRefused() {
        String task = task(first, terms -> terms);
        ServiceKey other = ServiceKey.parse("0x" + "12".repeat(32)).orElseThrow();
        SimulatedEnclave foreign = SimulatedEnclave.of(intel, MR_ENCLAVE)
                .withConfigId(first.parts().configId(other));
        assertThat(redeem(foreign, task)).isEqualTo("evidence.wrong-launch");
        assertThat(redeem(enclave(first), task)).isEqualTo("granted");
    }

    @Test
    void eachFaultOfTheEnclaveHasItsCode() {
        String task = task(first, terms -> terms);
        byte[] otherCode = HexFormat.of().parseHex("cd".repeat(32));
        byte[] launch = first.parts().configId(service.serviceKey());
        SimulatedIntel impostor = SimulatedIntel.create(Instant.now(), new SecureRandom());
        assertThat(redeem(SimulatedEnclave.of(intel, otherCode).withConfigId(launch), task))
                .isEqualTo("evidence.wrong-code");
        assertThat(redeem(enclave(first).withDebug(), task)).isEqualTo("evidence.debug-enclave");
        assertThat(redeem(enclave(first).withTcb(SimulatedTcb.OUT_OF_DATE), task))
                .isEqualTo("evidence.tcb-not-accepted");
        assertThat(redeem(SimulatedEnclave.of(impostor, MR_ENCLAVE).withConfigId(launch), task))
                .isEqualTo("evidence.not-an-enclave");
        assertThat(redeem(enclave(first), task)).isEqualTo("granted");
    }

    /** Redeems by hand what no honest boot stage would send; gives the outcome's word. */
    private static String redeem(SimulatedEnclave enclave, String task) {
        Authorization authorization = clients(authorization(task));
        SignedAsk ask =
                signer().sign(authorization.chainTaskId(), authorization.enclaveChallenge(), service.askDomain());
        return word(client.redeem(redemption(given(client.ask(authorization, ask)), ask, enclave)));
    }

    private static Redemption redemption(Challenge challenge, SignedAsk ask, SimulatedEnclave enclave) {
        byte[] runtimeData = RuntimeData.of(
                        service,
                        challenge,
                        ask.ask(),
                        HpkeX25519.KEM,
                        HpkeX25519.newOpener().publicKey())
                .bytes();
        byte[] quote = enclave.quote(ReportBinding.reportData(ReportBinding.WORKER_DOMAIN, runtimeData));
        return new Redemption(
                challenge.token(),
                quote,
                runtimeData,
                Optional.of(enclave.intel().collateral().toJson()));
    }

    private static String word(Answer<Grant> answer) {
        return switch (answer) {
            case Answer.Given<Grant> ignored -> "granted";
            case Answer.Declined<Grant>(String code, String ignored) -> code;
        };
    }

    @Test
    void challengeIsRedeemedOnceAlsoInParallel() throws Exception {
        Authorization authorization = clients(authorization(task(first, terms -> terms)));
        SignedAsk ask =
                signer().sign(authorization.chainTaskId(), authorization.enclaveChallenge(), service.askDomain());
        Challenge challenge = given(client.ask(authorization, ask));
        List<Callable<String>> redemptions = new ArrayList<>();
        for (int i = 0; i < IN_PARALLEL; i++) {
            Redemption redemption = redemption(challenge, ask, enclave(first));
            redemptions.add(() -> word(client.redeem(redemption)));
        }
        List<String> words = new ArrayList<>();
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<String> outcome : workers.invokeAll(redemptions)) {
                words.add(outcome.get());
            }
        }
        assertThat(words).hasSize(IN_PARALLEL).containsOnlyOnce("granted");
        assertThat(words.stream().filter("evidence.challenge-used"::equals)).hasSize(IN_PARALLEL - 1);
    }

    @Test
    void runtimeDataOtherThanTheQuotesAreRefused() {
        Authorization authorization = clients(authorization(task(first, terms -> terms)));
        SignedAsk ask =
                signer().sign(authorization.chainTaskId(), authorization.enclaveChallenge(), service.askDomain());
        Redemption quoted = redemption(given(client.ask(authorization, ask)), ask, enclave(first));
        Challenge fresh = given(client.ask(authorization, ask));
        Redemption own = redemption(fresh, ask, enclave(first));
        assertThat(word(client.redeem(
                        new Redemption(fresh.token(), quoted.quote(), own.runtimeData(), own.collateral()))))
                .isEqualTo("evidence.key-not-bound");
        // Evidence for one challenge presented for another, both genuine.
        Challenge third = given(client.ask(authorization, ask));
        assertThat(word(client.redeem(
                        new Redemption(third.token(), quoted.quote(), quoted.runtimeData(), quoted.collateral()))))
                .isEqualTo("evidence.wrong-runtime-data");
        assertThat(word(client.redeem(quoted))).isEqualTo("granted");
    }

    @Test
    void sgxEvidenceForATdxTaskIsRefused() {
        String task = task(first, terms -> terms.withTag(TeeTag.TDX));
        assertRefused(run(enclave(first), first, task), "evidence.wrong-tee");
    }

    // ---- secrets and the chain

    @Test
    void secretThatWasNeverPushedIsMissing() {
        String other = served.story().createDataset("http://127.0.0.1/other", new byte[32]);
        String task = task(first, terms -> terms.withDataset(other));
        assertRefused(run(enclave(first), first, task), "secret.missing");
    }

    @Test
    void datasetSoldAfterTheDealIsRefused() {
        String sold = served.story().createDataset("http://127.0.0.1/sold", new byte[32]);
        stored(Pushes.datasetPush(server.scone(), Wallet.DATASET_OWNER, sold, dataset.keyText()));
        String task = task(first, terms -> terms.withDataset(sold));
        served.story().transferDataset(sold, Wallet.DATASET_OWNER, Wallet.STRANGER);
        served.awaitHead();
        assertRefused(run(enclave(first), first, task), "secret.owner-changed");
    }

    @Test
    void taskThatEndsBetweenChallengeAndEvidenceIsRefused() {
        String task = task(first, terms -> terms);
        Authorization authorization = clients(authorization(task));
        SignedAsk ask =
                signer().sign(authorization.chainTaskId(), authorization.enclaveChallenge(), service.askDomain());
        Challenge challenge = given(client.ask(authorization, ask));
        served.story().complete(task, Wallet.WORKER, Wallet.random(new SecureRandom()));
        served.awaitHead();
        assertThat(word(client.redeem(redemption(challenge, ask, enclave(first)))))
                .isEqualTo("chain.task-not-active");
    }

    @Test
    void grantsAndSessionsOfTasksSeenBeforeAskNoNode() throws Exception {
        List<WorkerpoolAuthorization> tasks = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            tasks.add(authorization(task(first, terms -> terms.withDataset(dataset.address()))));
        }
        tasks.forEach(
                task -> assertThat(status(Asking.session(server.scone(), task))).isEqualTo(200));
        long asked = askedForRequests();
        long nodes = Prometheus.counter(server, "sms_chain_lookups_total{by=\"nodes\"}");
        long memory = Prometheus.counter(server, "sms_chain_lookups_total{by=\"memory\"}");

        try (ExecutorService clients = Executors.newFixedThreadPool(IN_PARALLEL)) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                WorkerpoolAuthorization task = tasks.get(i % tasks.size());
                answers.add(clients.submit(() -> grant(task)));
                answers.add(clients.submit(() -> Integer.toString(status(Asking.session(server.scone(), task)))));
            }
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get()).isEqualTo(i % 2 == 0 ? "granted" : "200");
            }
        }

        assertThat(askedForRequests()).isEqualTo(asked);
        assertThat(Prometheus.counter(server, "sms_chain_lookups_total{by=\"nodes\"}"))
                .isEqualTo(nodes);
        assertThat(Prometheus.counter(server, "sms_chain_lookups_total{by=\"memory\"}"))
                .isGreaterThanOrEqualTo(memory + 3L * MANY);
    }

    /** What requests have cost so far, in exchanges with nodes. */
    private static long askedForRequests() {
        return Prometheus.sum(server, "sms_chain_exchanges_total", "purpose=\"request\"");
    }

    private static int status(java.net.http.HttpRequest.Builder request) {
        return server.send(request).statusCode();
    }

    /** A whole release but for opening the envelope: ask, prove, redeem. */
    private static String grant(WorkerpoolAuthorization task) {
        Authorization authorization = clients(task);
        SignedAsk ask =
                signer().sign(authorization.chainTaskId(), authorization.enclaveChallenge(), service.askDomain());
        return word(client.redeem(redemption(given(client.ask(authorization, ask)), ask, enclave(first))));
    }

    // ---- asking

    @Test
    void asksAreRefusedAsProblems() {
        WorkerpoolAuthorization good = authorization(task(first, terms -> terms));
        long now = Instant.now().getEpochSecond();
        assertAsk(good, ask(good, "app", now + 60), Wallet.STRANGER, 401, "request.bad-signature");
        assertAsk(good, ask(good, "app", now - 1), Wallet.WORKER, 401, "request.expired");
        assertAsk(good, ask(good, "app", now + 400), Wallet.WORKER, 401, "request.deadline-too-far");
        assertAsk(good, ask(good, "pre-compute", now + 60), Wallet.WORKER, 401, "request.stage-not-served");
        WorkerpoolAuthorization other = authorization(task(first, terms -> terms));
        assertAsk(good, ask(other, "app", now + 60), Wallet.WORKER, 401, "request.inconsistent");
        WorkerpoolAuthorization forged = WorkerpoolAuthorization.sign(
                Wallet.STRANGER, Wallet.WORKER, good.chainTaskId(), good.enclaveChallenge());
        assertAsk(forged, ask(forged, "app", now + 60), Wallet.WORKER, 401, "request.bad-signature");
        WorkerpoolAuthorization ownChallenge = Asking.authorization(good.chainTaskId(), Wallet.STRANGER.address());
        assertAsk(
                ownChallenge,
                ask(ownChallenge, "app", now + 60),
                Wallet.WORKER,
                401,
                "request.wrong-enclave-challenge");
        WorkerpoolAuthorization unknown = Asking.authorization("0x" + "77".repeat(32), Wallet.STRANGER.address());
        assertAsk(unknown, ask(unknown, "app", now + 60), Wallet.WORKER, 403, "chain.task-not-active");
        WorkerpoolAuthorization standard =
                Asking.authorization(task(first, terms -> terms.withTag(TeeTag.NONE)), Wallet.STRANGER.address());
        assertAsk(standard, ask(standard, "app", now + 60), Wallet.WORKER, 403, "chain.not-a-tee-task");
        assertThat(post(Asking.nativeAsk(server, good, ask(good, "app", now + 60), Wallet.WORKER))
                        .statusCode())
                .isEqualTo(200);
    }

    private static Ask ask(WorkerpoolAuthorization authorization, String stage, long deadline) {
        return new Ask(
                authorization.chainTaskId(),
                stage,
                authorization.workerWallet(),
                authorization.enclaveChallenge(),
                deadline);
    }

    @Test
    void askSignedForAnotherServiceIsRefused() {
        WorkerpoolAuthorization good = authorization(task(first, terms -> terms));
        Ask ask = Asking.ask(good);
        Map<String, Object> body = new LinkedHashMap<>(Asking.nativeAsk(server, good, ask, Wallet.WORKER));
        for (byte[] foreign : List.of(
                ask.digest(65535, served.story().poco().hub(), new byte[32]),
                ask.digest(
                        1,
                        served.story().poco().hub(),
                        service.serviceKey().serviceId().bytes()),
                ask.digest(
                        65535,
                        Wallet.STRANGER.address(),
                        service.serviceKey().serviceId().bytes()))) {
            body.put("askSignature", Wallet.WORKER.signDigest(foreign));
            assertProblem(post(body), 401, "request.bad-signature");
        }
    }

    /** Before anything is used up: an envelope nobody can be given would cost its challenge. */
    @ParameterizedTest
    @ValueSource(strings = {"/v1/challenges", "/v1/grants"})
    void whoAcceptsNoJsonIsToldBeforeAnythingIsLookedAt(String path) {
        HttpResponse<String> answer = server.send(
                java.net.http.HttpRequest.newBuilder(server.nativeApi().resolve(path))
                        .header("Content-Type", "application/json")
                        .header("Accept", "text/plain")
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{}")));
        assertThat(answer.statusCode()).isEqualTo(406);
        assertThat(JSON.readTree(answer.body()).path("code").asString()).isEqualTo("input.not-acceptable");
    }

    private static void assertAsk(
            WorkerpoolAuthorization authorization, Ask ask, Wallet signer, int status, String code) {
        assertProblem(post(Asking.nativeAsk(server, authorization, ask, signer)), status, code);
    }

    private static HttpResponse<String> post(Map<String, Object> body) {
        return server.postJson(server.nativeApi().resolve("/v1/challenges"), JSON.writeValueAsString(body));
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) {
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.path("code").asString()).isEqualTo(code);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(problem.propertyNames()).containsExactlyInAnyOrder("type", "title", "status", "code", "detail");
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("type").asString()).isEqualTo("about:blank");
        assertThat(problem.path("detail").asString()).hasSizeGreaterThan(20);
    }

    @Test
    void theServiceSaysWhatItIs() {
        JsonNode card = JSON.readTree(
                server.get(server.nativeApi().resolve("/v1/service")).body());
        assertThat(card.propertyNames())
                .containsExactlyInAnyOrder(
                        "serviceKey", "serviceId", "chainId", "hub", "realm", "kem", "trustRoot", "measurementsDigest");
        assertThat(card.path("realm").asString()).isEqualTo("dev");
        assertThat(card.path("trustRoot").asString()).isEqualTo("simulated");
        assertThat(server.get(server.nativeApi().resolve("/v1/health")).body())
                .contains("\"simulatedEvidenceTrusted\":true");
    }
}
