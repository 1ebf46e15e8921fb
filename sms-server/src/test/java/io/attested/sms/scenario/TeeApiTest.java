package io.attested.sms.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.audit.AuditEntry;
import io.attested.sms.audit.AuditLog;
import io.attested.sms.audit.Event;
import io.attested.sms.audit.Field;
import io.attested.sms.audit.LogEntry;
import io.attested.sms.contracts.testbed.DealTerms;
import io.attested.sms.contracts.testbed.MatchedDeal;
import io.attested.sms.contracts.testbed.TeeTag;
import io.attested.sms.contracts.testbed.Wallet;
import io.attested.sms.contracts.testbed.WorkerpoolAuthorization;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code /tee} of the iExec contract, sections 1.4 and 2.4, on the real protocol. */
class TeeApiTest {
    private static final String FINGERPRINT = "ab".repeat(32) + "|" + "cd".repeat(32) + "|" + "ef".repeat(16);
    private static final String ENCLAVE = "0x" + "5c".repeat(20);
    private static final String UNKNOWN_TASK = "0x" + "77".repeat(32);

    @TempDir
    private static Path folder;

    private static ServedChain served;
    private static RunningServer server;
    private static URI scone;
    private static String app;

    @BeforeAll
    static void start() {
        served = ServedChain.start(folder);
        server = served.server();
        scone = server.scone();
        app = served.story().createApp(FINGERPRINT);
        HttpResponse<String> token =
                send(Pushes.accountPush(scone, Wallet.REQUESTER, "iexec-result-iexec-ipfs-token", "token"));
        assertThat(token.statusCode()).isEqualTo(204);
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        return server.send(request);
    }

    private static String task(UnaryOperator<DealTerms> change) {
        return task(app, change);
    }

    private static String task(String ofApp, UnaryOperator<DealTerms> change) {
        MatchedDeal deal = served.story().match(change.apply(served.story().terms(ofApp)));
        return served.story().initialize(deal, 0);
    }

    private static AuditEntry lastEntry() {
        AuditLog log = server.bean(AuditLog.class);
        return log.entriesAfter(log.head().sequence() - 1, 1).stream()
                .map(LogEntry::entry)
                .findFirst()
                .orElseThrow();
    }

    private static void assertError(HttpRequest.Builder request, int status, String word) {
        String metric = "sms_sessions_total{outcome=\""
                + word.toLowerCase(java.util.Locale.ROOT).replace('_', '-') + "\"}";
        long before = Prometheus.counter(server, metric);
        HttpResponse<String> answer = send(request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo("{\"error\":\"" + word + "\"}");
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        assertThat(Prometheus.counter(server, metric)).isEqualTo(before + 1);
    }

    /** A refusal of a request whose signatures hold is in the log. */
    private static void assertRecordedError(String task, int status, String word, String code) {
        assertError(Asking.session(scone, Asking.authorization(task, ENCLAVE)), status, word);
        AuditEntry entry = lastEntry();
        assertThat(entry.event()).isEqualTo(Event.REFUSED);
        assertThat(entry.fields()).containsEntry(Field.CHAIN_TASK_ID, task).containsEntry(Field.CODE, code);
    }

    /** A refusal of a request that proves nobody leaves no trace. */
    private static void assertSilentError(HttpRequest.Builder request, int status, String word) {
        long head = server.bean(AuditLog.class).head().sequence();
        assertError(request, status, word);
        assertThat(server.bean(AuditLog.class).head().sequence()).isEqualTo(head);
    }

    // ---- framework

    @Test
    void eachListenerNamesItsFramework() {
        assertFramework(server.scone(), "\"SCONE\"");
        assertFramework(server.tdx(), "\"TDX\"");
        assertThat(server.get(server.nativeApi().resolve("/tee/framework")).statusCode())
                .isEqualTo(404);
    }

    private static void assertFramework(URI listener, String word) {
        HttpResponse<String> answer = server.get(listener.resolve("/tee/framework"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(word);
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    }

    @Test
    void healthIsTheOriginalsAnswer() {
        HttpResponse<String> answer = server.get(scone.resolve("/actuator/health"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(answer.headers().firstValue("content-type"))
                .contains("application/vnd.spring-boot.actuator.v3+json");
    }

    // ---- challenges

    @Test
    void challengeIsBareTextAndStable() {
        String task = task(terms -> terms);
        HttpResponse<String> first = send(Asking.challenge(scone, task));
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body()).matches("0x[0-9a-f]{40}");
        assertThat(first.headers().firstValue("content-type")).contains("text/plain;charset=UTF-8");
        assertThat(send(Asking.challenge(server.tdx(), task)).body()).isEqualTo(first.body());
        assertThat(send(Asking.challenge(scone, task(terms -> terms))).body()).isNotEqualTo(first.body());
    }

    @Test
    void parallelFirstChallengesAreOneAddress() {
        String task = task(terms -> terms);
        List<CompletableFuture<String>> asked = Stream.generate(() -> CompletableFuture.supplyAsync(
                        () -> send(Asking.challenge(scone, task)).body()))
                .limit(16)
                .toList();
        assertThat(asked.stream().map(CompletableFuture::join).distinct().toList())
                .singleElement()
                .asString()
                .matches("0x[0-9a-f]{40}");
        assertThat(send(Asking.session(
                                scone,
                                Asking.authorization(task, asked.getFirst().join())))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void challengeIsRefusedWithAnEmptyBody() {
        String task = task(terms -> terms);
        String standard = task(terms -> terms.withTag(TeeTag.NONE));
        for (HttpRequest.Builder request : List.of(
                Asking.challenge(scone, task, WorkerpoolAuthorization.challengeHeader(Wallet.STRANGER, task)),
                Asking.challenge(scone, task, "nonsense"),
                Asking.challenge(scone, UNKNOWN_TASK),
                Asking.challenge(scone, standard),
                Asking.challenge(scone, "0x12", "0x12"),
                Asking.challenge(scone, "%0a", "0x12"))) {
            HttpResponse<String> answer = send(request);
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).isEmpty();
        }
        HttpResponse<String> withoutHeader = send(HttpRequest.newBuilder(scone.resolve("/tee/challenges/" + task))
                .POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(withoutHeader.statusCode()).isEqualTo(400);
    }

    // ---- sessions that are served

    @Test
    void sessionIsServedRecordedAndCounted() {
        String task = task(terms -> terms);
        String challenge = send(Asking.challenge(scone, task)).body();
        long before = Prometheus.counter(server, "sms_sessions_total{outcome=\"served\"}");

        HttpResponse<String> answer = send(Asking.session(scone, Asking.authorization(task, challenge)));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        JsonNode body = JsonMapper.shared().readTree(answer.body());
        assertThat(body.propertyNames()).containsExactly("data");
        assertThat(body.path("data").propertyNames()).containsExactlyInAnyOrder("sessionId", "secretProvisioningUrl");
        assertThat(body.path("data").path("sessionId").asString()).matches("[0-9A-Za-z]{10}0000" + task);
        assertThat(body.path("data").path("secretProvisioningUrl").asString())
                .isEqualTo("localhost:" + server.nativeApi().getPort());
        assertThat(Prometheus.counter(server, "sms_sessions_total{outcome=\"served\"}"))
                .isEqualTo(before + 1);
        AuditEntry entry = lastEntry();
        assertThat(entry.event()).isEqualTo(Event.SESSION_GRANTED);
        assertThat(entry.fields())
                .containsEntry(Field.CHAIN_TASK_ID, task)
                .containsEntry(Field.WORKER, Wallet.WORKER.address())
                .containsEntry(Field.PUBLISHER, "native")
                .containsEntry(Field.REALM, "dev")
                .containsEntry(Field.ENCLAVE_CHALLENGE_DIFFERS, "false");
    }

    @Test
    void anotherEnclaveChallengeIsServedAndRecorded() {
        String task = task(terms -> terms);
        assertThat(send(Asking.session(scone, Asking.authorization(task, ENCLAVE)))
                        .statusCode())
                .isEqualTo(200);
        assertThat(lastEntry().fields()).containsEntry(Field.ENCLAVE_CHALLENGE_DIFFERS, "true");
    }

    @Test
    void repeatedSessionHasAnotherId() {
        WorkerpoolAuthorization authorization = Asking.authorization(task(terms -> terms), ENCLAVE);
        assertThat(send(Asking.session(scone, authorization)).body())
                .isNotEqualTo(send(Asking.session(scone, authorization)).body());
    }

    @Test
    void membersNobodySignedAreIgnored() {
        WorkerpoolAuthorization authorization = Asking.authorization(task(terms -> terms), ENCLAVE);
        Map<String, Object> members = Asking.members(authorization);
        members.put("dealId", "not a deal");
        members.put("taskIndex", 7);
        members.put("unknown", List.of(1, 2, 3));
        members.put("signature", Map.of("value", authorization.signature(), "unknown", 1));
        assertThat(send(Asking.session(scone, members, authorization.workerSignature()))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void theWalletsCaseDoesNotMatter() {
        WorkerpoolAuthorization authorization = Asking.authorization(task(terms -> terms), ENCLAVE);
        Map<String, Object> members = Asking.members(authorization);
        members.put("workerWallet", Wallet.WORKER.checksummedAddress());
        assertThat(send(Asking.session(scone, members, authorization.workerSignature()))
                        .statusCode())
                .isEqualTo(200);
    }

    /** A store has it by then: nobody may be told that it cannot be answered. */
    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "no media type"})
    void whatAClientAcceptsChangesNeitherSessionNorWord(String accepted) {
        WorkerpoolAuthorization good = Asking.authorization(task(terms -> terms), ENCLAVE);
        HttpResponse<String> served = send(Asking.session(scone, good).setHeader("Accept", accepted));
        assertThat(served.statusCode()).as(served.body()).isEqualTo(200);
        assertThat(served.headers().firstValue("content-type")).contains("application/json");
        assertError(
                Asking.session(scone, Asking.members(good), good.signature()).setHeader("Accept", accepted),
                401,
                "INVALID_AUTHORIZATION");
    }

    @Test
    void jsonUnderAnotherNameIsJson() {
        WorkerpoolAuthorization good = Asking.authorization(task(terms -> terms), ENCLAVE);
        String members = JsonMapper.shared().writeValueAsString(Asking.members(good));
        assertThat(send(body("application/vnd.worker+json", members, good.workerSignature()))
                        .statusCode())
                .isEqualTo(200);
    }

    // ---- sessions that are refused

    @Test
    void whoProvesNothingIsRefusedSilently() {
        WorkerpoolAuthorization good = Asking.authorization(task(terms -> terms), ENCLAVE);
        Map<String, Object> members = Asking.members(good);
        assertSilentError(Asking.session(scone, members, good.signature()), 401, "INVALID_AUTHORIZATION");
        assertSilentError(Asking.session(scone, members, "nonsense"), 401, "INVALID_AUTHORIZATION");
        for (Map<String, Object> change : List.<Map<String, Object>>of(
                Map.of("workerWallet", Wallet.STRANGER.address()),
                Map.of("workerWallet", "0x12"),
                Map.of("enclaveChallenge", "0x" + "5d".repeat(20)),
                Map.of("enclaveChallenge", "nonsense"),
                Map.of("chainTaskId", UNKNOWN_TASK),
                Map.of("chainTaskId", "nonsense"))) {
            Map<String, Object> changed = Asking.members(good);
            changed.putAll(change);
            assertSilentError(Asking.session(scone, changed, good.workerSignature()), 401, "INVALID_AUTHORIZATION");
        }
        for (Object signature : List.of(
                Map.of("value", good.workerSignature()), Map.of("value", "nonsense"), Map.of("value", ""), Map.of())) {
            Map<String, Object> changed = Asking.members(good);
            changed.put("signature", signature);
            assertSilentError(
                    Asking.session(scone, changed, good.workerSignature()),
                    401,
                    "EXECUTION_NOT_AUTHORIZED_INVALID_SIGNATURE");
        }
    }

    @Test
    void emptyTaskIdIsRefused() {
        WorkerpoolAuthorization ofNoTask = Asking.authorization("0x", ENCLAVE);
        Map<String, Object> members = Asking.members(ofNoTask);
        members.put("chainTaskId", "");
        assertSilentError(
                Asking.session(scone, members, ofNoTask.workerSignature()),
                401,
                "EXECUTION_NOT_AUTHORIZED_EMPTY_PARAMS_UNAUTHORIZED");
        assertSilentError(Asking.session(scone, members, "0x12"), 401, "INVALID_AUTHORIZATION");
        assertSilentError(
                Asking.session(
                        scone,
                        members,
                        Asking.authorization(UNKNOWN_TASK, ENCLAVE).workerSignature()),
                401,
                "INVALID_AUTHORIZATION");
    }

    @Test
    void taskNobodyKnowsIsRefused() {
        String word = "EXECUTION_NOT_AUTHORIZED_GET_CHAIN_TASK_FAILED";
        assertSilentError(Asking.session(scone, Asking.authorization(UNKNOWN_TASK, ENCLAVE)), 401, word);
        WorkerpoolAuthorization zero = Asking.authorization("0x" + "00".repeat(32), ENCLAVE);
        Map<String, Object> absent = Asking.members(zero);
        absent.remove("chainTaskId");
        assertSilentError(Asking.session(scone, absent, zero.workerSignature()), 401, word);
        MatchedDeal notInitialised = served.story().match(served.story().terms(app));
        assertSilentError(Asking.session(scone, Asking.authorization(notInitialised.taskId(0), ENCLAVE)), 401, word);
    }

    @Test
    void taskThatIsOverIsRefused() {
        String task = task(terms -> terms);
        Wallet enclave = Wallet.random(new SecureRandom());
        served.story().complete(task, Wallet.WORKER, enclave);
        served.awaitHead();
        assertRecordedError(task, 401, "EXECUTION_NOT_AUTHORIZED_TASK_NOT_ACTIVE", "chain.task-not-active");
        assertThat(send(Asking.challenge(scone, task)).statusCode()).isEqualTo(401);
    }

    @Test
    void taskPastItsContributionDeadlineIsRefused() {
        String task = task(terms -> terms.withCategory(served.story().poco().shortCategory()));
        served.chain().increaseTime(60);
        served.awaitHead();
        assertRecordedError(task, 401, "EXECUTION_NOT_AUTHORIZED_TASK_NOT_ACTIVE", "chain.task-not-active");
    }

    @Test
    void taskWithoutTeeIsRefused() {
        String task = task(terms -> terms.withTag(TeeTag.NONE));
        assertRecordedError(task, 401, "EXECUTION_NOT_AUTHORIZED_NO_MATCH_ONCHAIN_TYPE", "chain.not-a-tee-task");
    }

    @Test
    void appWithoutEnclaveIsRefused() {
        String task = task(served.story().createApp(""), terms -> terms);
        assertRecordedError(task, 500, "APP_COMPUTE_NO_ENCLAVE_CONFIG", "chain.no-enclave-registered");
    }

    @Test
    void appWithAnInvalidConfigurationIsRefused() {
        for (String configuration : List.of(
                configuration("SCONE", "v5.8", 1, "/start"),
                configuration("SCONE", "v5.9", 0, "/start"),
                configuration("SCONE", "v5.9", 1, ""),
                configuration("GRAMINE", "v5.9", 1, "/start"))) {
            String task = task(served.story().createApp(configuration), terms -> terms);
            assertRecordedError(task, 500, "APP_COMPUTE_INVALID_ENCLAVE_CONFIG", "chain.enclave-configuration-invalid");
        }
        String served =
                task(TeeApiTest.served.story().createApp(configuration("SCONE", "v5.9", 1, "/start")), terms -> terms);
        assertThat(send(Asking.session(scone, Asking.authorization(served, ENCLAVE)))
                        .statusCode())
                .isEqualTo(200);
    }

    private static String configuration(String framework, String version, int heapSize, String entrypoint) {
        return "{\"framework\":\"" + framework + "\",\"version\":\"" + version + "\",\"entrypoint\":\"" + entrypoint
                + "\",\"heapSize\":" + heapSize + ",\"fingerprint\":\"" + "ab".repeat(32) + "\"}";
    }

    @Test
    void sessionWithoutEnclaveChallengeIsRefusedBeforeItsSecretsAreLookedFor() {
        String dataset = served.story().createDataset("/ipfs/QmNobodyPushed", new byte[32]);
        for (String task : List.of(task(terms -> terms), task(terms -> terms.withDataset(dataset)))) {
            WorkerpoolAuthorization authorization = Asking.authorization(task, "0x");
            Map<String, Object> empty = Asking.members(authorization);
            empty.put("enclaveChallenge", "");
            Map<String, Object> absent = Asking.members(authorization);
            absent.remove("enclaveChallenge");
            for (Map<String, Object> members : List.of(empty, absent)) {
                assertError(
                        Asking.session(scone, members, authorization.workerSignature()),
                        500,
                        "GET_SIGNATURE_TOKENS_FAILED_EMPTY_PUBLIC_ENCLAVE_CHALLENGE");
            }
        }
    }

    @Test
    void missingSecretsAreRefusedByKind() {
        String dataset = served.story().createDataset("/ipfs/QmTest", new byte[32]);
        String task = task(terms -> terms.withDataset(dataset));
        assertRecordedError(task, 500, "PRE_COMPUTE_GET_DATASET_SECRET_FAILED", "secret.missing");
        assertThat(send(Pushes.datasetPush(scone, Wallet.DATASET_OWNER, dataset, "key"))
                        .statusCode())
                .isEqualTo(204);
        assertThat(send(Asking.session(scone, Asking.authorization(task, ENCLAVE)))
                        .statusCode())
                .isEqualTo(200);

        String encrypted = task(terms -> terms.withParams("{\"iexec_result_encryption\":true}"));
        assertRecordedError(
                encrypted, 500, "POST_COMPUTE_GET_ENCRYPTION_TOKENS_FAILED_EMPTY_BENEFICIARY_KEY", "secret.missing");

        String dropbox = task(terms -> terms.withParams("{\"iexec_result_storage_provider\":\"dropbox\"}"));
        assertRecordedError(dropbox, 500, "POST_COMPUTE_GET_STORAGE_TOKENS_FAILED", "secret.missing");
    }

    @Test
    void soldDatasetIsRefusedUntilItsNewOwnerPushes() {
        String dataset = served.story().createDataset("/ipfs/QmSold", new byte[32]);
        send(Pushes.datasetPush(scone, Wallet.DATASET_OWNER, dataset, "key"));
        String task = task(terms -> terms.withDataset(dataset));
        served.story().transferDataset(dataset, Wallet.DATASET_OWNER, Wallet.REQUESTER);
        served.awaitHead();
        assertRecordedError(task, 500, "PRE_COMPUTE_GET_DATASET_SECRET_FAILED", "secret.owner-changed");
        assertThat(send(Pushes.head(Pushes.dataset(scone, dataset))).statusCode())
                .isEqualTo(404);
        assertThat(send(Pushes.datasetPush(scone, Wallet.DATASET_OWNER, dataset, "key"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(send(Pushes.datasetPush(scone, Wallet.REQUESTER, dataset, "key"))
                        .statusCode())
                .isEqualTo(204);
        assertThat(send(Pushes.head(Pushes.dataset(scone, dataset))).statusCode())
                .isEqualTo(204);
    }

    @Test
    void bulkIsNotServed() {
        String task = task(terms -> terms.withParams("{\"bulk_cid\":\"QmBulk\"}"));
        assertRecordedError(task, 500, "SECURE_SESSION_GENERATION_FAILED", "chain.bulk-not-supported");
    }

    // ---- bodies

    @Test
    void bodyThatIsNoJsonIsRefused() {
        WorkerpoolAuthorization good = Asking.authorization(task(terms -> terms), ENCLAVE);
        assertBad(body("application/json", "{", good.workerSignature()), 400);
        assertBad(body("application/json", "", good.workerSignature()), 400);
        assertBad(body("application/json", "null", good.workerSignature()), 400);
        assertBad(body("application/json", "[]", good.workerSignature()), 400);
        assertBad(body("application/json", "{\"chainTaskId\":{}}", good.workerSignature()), 400);
        assertBad(body("text/plain", "{}", good.workerSignature()), 415);
        assertBad(body("application/xml", "<a/>", good.workerSignature()), 415);
        assertBad(body("application/x-www-form-urlencoded", "{}", good.workerSignature()), 415);
        assertBad(body("application/*", "{}", good.workerSignature()), 415);
        assertBad(body("no media type", "{}", good.workerSignature()), 415);
        assertBad(body("application/json", "{}", good.workerSignature()), 400);
        assertBad(
                HttpRequest.newBuilder(scone.resolve("/tee/sessions"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{}")),
                400);
    }

    @Test
    void sessionWithoutWorkerIsBadNeverACrash() {
        WorkerpoolAuthorization good = Asking.authorization(task(terms -> terms), ENCLAVE);
        Map<String, Object> members = Asking.members(good);
        members.remove("workerWallet");
        assertBad(Asking.session(scone, members, good.workerSignature()), 400);
    }

    private static HttpRequest.Builder body(String type, String body, String signature) {
        return HttpRequest.newBuilder(scone.resolve("/tee/sessions"))
                .header("Content-Type", type)
                .header("Authorization", signature)
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static void assertBad(HttpRequest.Builder request, int status) {
        HttpResponse<String> answer = send(request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(JsonMapper.shared().readTree(answer.body()).propertyNames())
                .containsExactly("timestamp", "status", "error", "path");
    }

    // ---- settlement

    @Test
    void whatReleasesNothingIsJudgedAtTheHeadAndASessionWaitsForSettlement(@TempDir Path own) throws Exception {
        try (RunningServer deep = RunningServer.start(
                own,
                served.chain().url(),
                served.story().poco().hub(),
                Map.of("sms.chain.depth", "3", "sms.chain.settle-wait", "6s"))) {
            String dataset = served.story().createDataset("/ipfs/QmFresh", new byte[32]);
            String fresh = served.story().createApp(FINGERPRINT);
            assertStored(deep, Pushes.datasetPush(deep.scone(), Wallet.DATASET_OWNER, dataset, "key"));
            assertStored(deep, Pushes.appPush(deep.scone(), Wallet.APP_DEVELOPER, fresh, "secret"));
            assertStored(
                    deep, Pushes.accountPush(deep.scone(), Wallet.REQUESTER, "iexec-result-iexec-ipfs-token", "token"));

            String task = task(fresh, terms -> terms.withDataset(dataset));
            String challenge = deep.send(Asking.challenge(deep.scone(), task)).body();
            assertThat(challenge).matches("0x[0-9a-f]{40}");
            WorkerpoolAuthorization authorization = Asking.authorization(task, challenge);
            assertNotSettled(deep, authorization);

            HttpResponse<String> gaveUp = deep.send(Asking.session(deep.scone(), authorization));
            assertThat(gaveUp.statusCode()).isEqualTo(503);
            assertThat(gaveUp.body()).isEqualTo("{\"error\":\"EXECUTION_NOT_AUTHORIZED_GET_CHAIN_TASK_FAILED\"}");

            CompletableFuture<HttpResponse<String>> waiting =
                    CompletableFuture.supplyAsync(() -> deep.send(Asking.session(deep.scone(), authorization)));
            Thread.sleep(500);
            assertThat(waiting).isNotDone();
            served.chain().mine(3);
            assertThat(waiting.get(1, TimeUnit.MINUTES).statusCode()).isEqualTo(200);
            assertThat(postAsk(deep, authorization).statusCode()).isEqualTo(200);
        }
    }

    private static void assertStored(RunningServer deep, HttpRequest.Builder push) {
        assertThat(deep.send(push).statusCode()).isEqualTo(204);
    }

    private static void assertNotSettled(RunningServer deep, WorkerpoolAuthorization authorization) {
        HttpResponse<String> refused = postAsk(deep, authorization);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("retry-after")).isPresent();
        assertThat(JsonMapper.shared().readTree(refused.body()).path("code").asString())
                .isEqualTo("chain.not-settled");
    }

    private static HttpResponse<String> postAsk(RunningServer server, WorkerpoolAuthorization authorization) {
        return server.postJson(
                server.nativeApi().resolve("/v1/challenges"),
                JsonMapper.shared().writeValueAsString(Asking.nativeAsk(server, authorization)));
    }
}
