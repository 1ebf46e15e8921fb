package io.attested.sms.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.contracts.testbed.DealTerms;
import io.attested.sms.contracts.testbed.TeeTag;
import io.attested.sms.contracts.testbed.Wallet;
import io.attested.sms.contracts.testbed.WorkerpoolAuthorization;
import io.attested.sms.iexec.ContractErrorNames;
import io.attested.sms.iexec.SessionError;
import io.attested.sms.keyring.ImportedChallengeKeys;
import io.attested.sms.operate.store.jdbc.OpenStore;
import io.attested.sms.standin.IpfsStandIn;
import io.attested.sms.standin.Reply;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each name that {@code POST /tee/sessions} can answer, contract section 1.4, over HTTP on the real protocol, with stores on
 * real sockets. What is not a row here is listed with its reason in {@link ContractErrorNames}.
 */
class SessionErrorsTest {
    private static final String ENCLAVE = "0x" + "5c".repeat(20);

    @TempDir
    private static Path folder;

    private static StoresAtHand stores;
    private static IpfsStandIn ipfs;
    private static ServedChain served;
    private static RunningServer server;
    private static final Map<TeeTag, String> APPS = new HashMap<>();

    private static String appOf(TeeTag tag) {
        return Objects.requireNonNull(APPS.get(tag));
    }

    @BeforeAll
    static void start() {
        stores = StoresAtHand.start(folder);
        ipfs = IpfsStandIn.start();
        Map<String, String> settings = new HashMap<>(stores.settings());
        settings.put("sms.bulk.gateway", ipfs.url().toString());
        served = ServedChain.start(folder, settings);
        server = served.server();
        APPS.put(TeeTag.SCONE, app(stores.configuration("SCONE")));
        APPS.put(TeeTag.GRAMINE, app(stores.configuration("GRAMINE")));
        APPS.put(TeeTag.TDX, app(""));
        push(Pushes.accountPush(server.scone(), Wallet.REQUESTER, "iexec-result-iexec-ipfs-token", "token"));
        push(Pushes.requesterPush(server.scone(), Wallet.REQUESTER, "marker", "a $$SCONE::SECRET$$ b"));
        push(Pushes.requesterPush(server.scone(), Wallet.REQUESTER, "nul", "a\0b"));
        push(Pushes.accountPush(server.scone(), Wallet.STRANGER, "iexec-result-encryption-public-key", " \t\n"));
    }

    @AfterAll
    static void stop() {
        served.close();
        stores.close();
        ipfs.close();
    }

    @AfterEach
    void storesWorkAgain() {
        stores.behave(Reply.status(201));
        ipfs.behave(IpfsStandIn.Behaviour.HONEST);
    }

    private static void push(HttpRequest.Builder push) {
        assertThat(server.send(push).statusCode()).isEqualTo(204);
    }

    private static String app(String registered) {
        return served.story().createApp(registered);
    }

    /**
     * A request and its answer.
     *
     * @param before what is done to the stores before
     */
    private record Row(String name, int status, String what, Runnable before, Supplier<HttpRequest.Builder> request) {
        @Override
        public String toString() {
            return name + ": " + what;
        }
    }

    private static Row row(SessionError error, String what, Supplier<HttpRequest.Builder> request) {
        return new Row(error.name(), error.status(), what, () -> {}, request);
    }

    /** A task that is right in everything, at a store that behaves like this. */
    private static Row store(SessionError error, String what, TeeTag tag, Reply reply) {
        return new Row(error.name(), error.status(), what, () -> stores.behave(reply), () -> session(task(tag)));
    }

    private static String task(TeeTag tag) {
        return task(tag, "{}");
    }

    private static String task(TeeTag tag, String params) {
        return task(appOf(tag), terms -> terms.withTag(tag).withParams(params));
    }

    private static String task(String app, UnaryOperator<DealTerms> change) {
        var deal = served.story().match(change.apply(served.story().terms(app)));
        return served.story().initialize(deal, 0);
    }

    private static HttpRequest.Builder session(String task) {
        return Asking.session(server.scone(), Asking.authorization(task, ENCLAVE));
    }

    static Stream<Row> rows() {
        return Stream.of(authorization(), registration(), values(), bulk(), publishing())
                .flatMap(rows -> rows);
    }

    private static Stream<Row> authorization() {
        return Stream.of(
                row(SessionError.INVALID_AUTHORIZATION, "the pool's signature in the header", () -> {
                    WorkerpoolAuthorization good = Asking.authorization(task(TeeTag.SCONE), ENCLAVE);
                    return Asking.session(server.scone(), Asking.members(good), good.signature());
                }),
                row(SessionError.EXECUTION_NOT_AUTHORIZED_EMPTY_PARAMS_UNAUTHORIZED, "an empty task id", () -> {
                    WorkerpoolAuthorization ofNoTask = Asking.authorization("0x", ENCLAVE);
                    Map<String, Object> members = Asking.members(ofNoTask);
                    members.put("chainTaskId", "");
                    return Asking.session(server.scone(), members, ofNoTask.workerSignature());
                }),
                row(
                        SessionError.EXECUTION_NOT_AUTHORIZED_GET_CHAIN_TASK_FAILED,
                        "a task nobody initialised",
                        () -> session("0x" + "77".repeat(32))),
                row(SessionError.EXECUTION_NOT_AUTHORIZED_TASK_NOT_ACTIVE, "a completed task", () -> {
                    String task = task(TeeTag.SCONE);
                    served.story().complete(task, Wallet.WORKER, Wallet.random(new SecureRandom()));
                    served.awaitHead();
                    return session(task);
                }),
                row(
                        SessionError.EXECUTION_NOT_AUTHORIZED_NO_MATCH_ONCHAIN_TYPE,
                        "a tag without TEE",
                        () -> session(task(appOf(TeeTag.SCONE), terms -> terms.withTag(TeeTag.NONE)))),
                row(SessionError.EXECUTION_NOT_AUTHORIZED_INVALID_SIGNATURE, "authorised by the worker itself", () -> {
                    WorkerpoolAuthorization good = Asking.authorization(task(TeeTag.SCONE), ENCLAVE);
                    Map<String, Object> members = Asking.members(good);
                    members.put("signature", Map.of("value", good.workerSignature()));
                    return Asking.session(server.scone(), members, good.workerSignature());
                }));
    }

    private static Stream<Row> registration() {
        SessionError none = SessionError.APP_COMPUTE_NO_ENCLAVE_CONFIG;
        SessionError invalid = SessionError.APP_COMPUTE_INVALID_ENCLAVE_CONFIG;
        String good = stores.configuration("SCONE");
        return Stream.of(
                registration(none, "nothing registered", ""),
                registration(none, "a plain fingerprint, which names no pipeline", "ab".repeat(32)),
                registration(
                        none,
                        "a plain three-part fingerprint",
                        "ab".repeat(32) + "|" + "cd".repeat(32) + "|" + "ef".repeat(16)),
                registration(none, "an unknown member", good.replace("\"version\"", "\"more\":1,\"version\"")),
                registration(none, "no JSON", good.substring(1)),
                registration(invalid, "a version nobody serves", good.replace("v5.9", "v5.8")),
                registration(invalid, "a version without images", good.replace("v5.9", "v5.0")),
                registration(invalid, "another framework than the tag's", stores.configuration("GRAMINE")),
                registration(invalid, "no heap", good.replace("\"heapSize\":1024", "\"heapSize\":0")),
                registration(invalid, "no entrypoint", good.replace("/start", "")),
                registration(invalid, "a short fingerprint", good.replace("ab".repeat(32), "ab".repeat(31))));
    }

    private static Row registration(SessionError error, String what, String registered) {
        return row(error, what, () -> session(task(app(registered), terms -> terms)));
    }

    private static Stream<Row> values() {
        return Stream.of(
                row(SessionError.GET_SIGNATURE_TOKENS_FAILED_EMPTY_PUBLIC_ENCLAVE_CHALLENGE, "none sent", () -> {
                    WorkerpoolAuthorization empty = Asking.authorization(task(TeeTag.SCONE), "0x");
                    return changedChallenge(empty);
                }),
                row(
                        SessionError.GET_SIGNATURE_TOKENS_FAILED_EMPTY_PUBLIC_ENCLAVE_CHALLENGE,
                        "none sent, and no secret either: the signing tokens come first",
                        () -> changedChallenge(Asking.authorization(withDataset(TeeTag.GRAMINE), "0x"))),
                row(
                        SessionError.GET_SIGNATURE_TOKENS_FAILED_EMPTY_TEE_CREDENTIALS,
                        "an imported challenge key put in another task's place",
                        () -> {
                            String task = task(TeeTag.SCONE);
                            importKeyOfAnotherTask(task);
                            assertThat(server.send(Asking.challenge(server.scone(), task))
                                            .statusCode())
                                    .isEqualTo(404);
                            return session(task);
                        }),
                row(
                        SessionError.PRE_COMPUTE_GET_DATASET_SECRET_FAILED,
                        "a dataset without key",
                        () -> session(withDataset(TeeTag.SCONE))),
                row(
                        SessionError.PRE_COMPUTE_GET_DATASET_SECRET_FAILED,
                        "a dataset and a result key without value: pre-compute comes first",
                        () -> session(task(
                                appOf(TeeTag.TDX),
                                terms -> terms.withTag(TeeTag.TDX)
                                        .withDataset(dataset())
                                        .withParams("{\"iexec_result_encryption\":true}")))),
                row(
                        SessionError.POST_COMPUTE_GET_ENCRYPTION_TOKENS_FAILED_EMPTY_BENEFICIARY_KEY,
                        "no key of the beneficiary",
                        () -> session(task(TeeTag.SCONE, "{\"iexec_result_encryption\":true}"))),
                row(
                        SessionError.POST_COMPUTE_GET_ENCRYPTION_TOKENS_FAILED_EMPTY_BENEFICIARY_KEY,
                        "a blank key of the beneficiary",
                        () -> session(task(
                                appOf(TeeTag.GRAMINE),
                                terms -> terms.withTag(TeeTag.GRAMINE)
                                        .withBeneficiary(Wallet.STRANGER.address())
                                        .withParams("{\"iexec_result_encryption\":true}")))),
                row(
                        SessionError.POST_COMPUTE_GET_STORAGE_TOKENS_FAILED,
                        "no Dropbox token",
                        () -> session(task(TeeTag.TDX, "{\"iexec_result_storage_provider\":\"dropbox\"}"))));
    }

    private static void importKeyOfAnotherTask(String task) {
        OpenStore store = server.bean(OpenStore.class);
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) 0x33);
        ImportedChallengeKeys.Row row = store.keyring()
                .sealChallengeKey(Bytes32.ZERO, SecretBytes.owning(key))
                .orElseThrow();
        store.importedKeys().insert(Bytes32.parse(task), row, Optional.empty());
        store.importedKeys().reload();
    }

    private static Stream<Row> bulk() {
        SessionError generation = SessionError.SECURE_SESSION_GENERATION_FAILED;
        return Stream.of(
                row(
                        SessionError.PRE_COMPUTE_GET_DATASET_SECRET_FAILED,
                        "a dataset of a bulk without key",
                        () -> session(bulk(ipfs.addJson(List.of(ipfs.addJson(List.of(offer(Wallet.DATASET_OWNER)))))))),
                row(
                        generation,
                        "a dataset order that its owner did not sign",
                        () -> session(bulk(ipfs.addJson(List.of(ipfs.addJson(List.of(offer(Wallet.STRANGER)))))))),
                row(generation, "a list that is none", () -> session(bulk(ipfs.addJson(Map.of("no", "list"))))),
                row(generation, "a list without an element for the task", () -> session(bulk(ipfs.addJson(List.of())))),
                row(generation, "a CID that is none", () -> session(bulk("nonsense"))),
                gateway("that lies", IpfsStandIn.Behaviour.LYING),
                gateway("that is broken", IpfsStandIn.Behaviour.BROKEN),
                gateway("that finds nothing", IpfsStandIn.Behaviour.LOST),
                row(
                        SessionError.GET_SIGNATURE_TOKENS_FAILED_EMPTY_PUBLIC_ENCLAVE_CHALLENGE,
                        "none sent, and a bulk that nobody reads: the signing tokens come first",
                        () -> changedChallenge(Asking.authorization(bulk("nonsense"), "0x"))));
    }

    /** An outage; the original makes an empty slice of it. */
    private static Row gateway(String what, IpfsStandIn.Behaviour behaviour) {
        return new Row(
                SessionError.SECURE_SESSION_GENERATION_FAILED.name(),
                503,
                "an IPFS gateway " + what,
                () -> ipfs.behave(behaviour),
                () -> session(bulk(ipfs.addJson(List.of(what)))));
    }

    private static Map<String, Object> offer(Wallet signer) {
        return served.story().sign(served.story().offer(dataset()), signer).json();
    }

    private static String bulk(String cid) {
        return task(TeeTag.SCONE, "{\"bulk_cid\":\"" + cid + "\"}");
    }

    private static HttpRequest.Builder changedChallenge(WorkerpoolAuthorization signed) {
        Map<String, Object> members = Asking.members(signed);
        members.put("enclaveChallenge", "");
        return Asking.session(server.scone(), members, signed.workerSignature());
    }

    private static String dataset() {
        return served.story().createDataset("/ipfs/QmNobodyPushed", new byte[32]);
    }

    private static String withDataset(TeeTag tag) {
        return task(appOf(tag), terms -> terms.withTag(tag).withDataset(dataset()));
    }

    private static Stream<Row> publishing() {
        SessionError call = SessionError.SECURE_SESSION_STORAGE_CALL_FAILED;
        SessionError generation = SessionError.SECURE_SESSION_GENERATION_FAILED;
        return Stream.of(
                store(call, "CAS says 200", TeeTag.SCONE, Reply.status(200)),
                store(call, "CAS says 204", TeeTag.SCONE, Reply.status(204)),
                store(generation, "CAS says 302", TeeTag.SCONE, Reply.status(302)),
                store(generation, "CAS says 400", TeeTag.SCONE, Reply.status(400)),
                store(generation, "CAS says 503", TeeTag.SCONE, Reply.status(503)),
                store(generation, "CAS hangs up", TeeTag.SCONE, new Reply.Closed()),
                store(call, "SPS says 401", TeeTag.GRAMINE, Reply.status(401)),
                store(call, "SPS hangs up", TeeTag.GRAMINE, new Reply.Closed()),
                store(call, "storage says 500", TeeTag.TDX, Reply.status(500)),
                store(call, "storage hangs up", TeeTag.TDX, new Reply.Closed()),
                row(generation, "a stored secret that was altered", () -> {
                    String app = app(stores.configuration("SCONE"));
                    push(Pushes.appPush(server.scone(), Wallet.APP_DEVELOPER, app, "secret"));
                    alterSecretOf(app);
                    return session(task(app, terms -> terms));
                }),
                unsafe(generation, "CAS's own marker", TeeTag.SCONE, "marker"),
                unsafe(generation, "a NUL for SPS", TeeTag.GRAMINE, "nul"),
                unsafe(generation, "a NUL for the storage", TeeTag.TDX, "nul"));
    }

    private static void alterSecretOf(String app) {
        int rows = server.bean(OpenStore.class)
                .database()
                .jdbc()
                .sql("update secrets set ciphertext = wrapped_key where asset = ?")
                .param(app)
                .update();
        assertThat(rows).isEqualTo(1);
    }

    private static Row unsafe(SessionError error, String what, TeeTag tag, String secret) {
        return row(error, what, () -> session(task(tag, "{\"iexec_secrets\":{\"1\":\"" + secret + "\"}}")));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void isAnswered(Row row) {
        row.before().run();

        HttpResponse<String> answer = server.send(row.request().get());

        assertThat(answer.body()).isEqualTo("{\"error\":\"" + row.name() + "\"}");
        assertThat(answer.statusCode()).isEqualTo(row.status());
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    }

    @Test
    void databaseThatFailsIsAnOutageInTheContractsWords() {
        HttpRequest.Builder asked = session(task(TeeTag.SCONE, "{}"));
        var jdbc = server.bean(OpenStore.class).database().jdbc();
        jdbc.sql("alter table secrets rename to secrets_away").update();
        try {
            HttpResponse<String> answer = server.send(asked);

            assertThat(answer.body()).isEqualTo("{\"error\":\"SECURE_SESSION_GENERATION_FAILED\"}");
            assertThat(answer.statusCode()).isEqualTo(503);
        } finally {
            jdbc.sql("alter table secrets_away rename to secrets").update();
        }
    }

    @Test
    void everyNameOfTheContractIsARowOrIsListedWithItsReason() {
        Set<String> reached = rows().map(Row::name).collect(Collectors.toSet());
        Set<String> both = new HashSet<>(reached);
        both.retainAll(ContractErrorNames.unreachable().keySet());
        Set<String> either = new HashSet<>(reached);
        either.addAll(ContractErrorNames.unreachable().keySet());

        assertThat(both).isEmpty();
        assertThat(either).containsExactlyInAnyOrderElementsOf(ContractErrorNames.ALL);
        assertThat(reached)
                .as("the service has no word that it cannot say")
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(SessionError.values()).map(Enum::name).toList());
        assertThat(ContractErrorNames.unreachable().values()).noneMatch(String::isBlank);
    }
}
