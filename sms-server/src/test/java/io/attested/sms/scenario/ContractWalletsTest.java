package io.attested.sms.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.audit.AuditEntry;
import io.attested.sms.audit.AuditLog;
import io.attested.sms.audit.Event;
import io.attested.sms.audit.Field;
import io.attested.sms.audit.LogEntry;
import io.attested.sms.contracts.testbed.Ask;
import io.attested.sms.contracts.testbed.DealTerms;
import io.attested.sms.contracts.testbed.Wallet;
import io.attested.sms.contracts.testbed.WorkerpoolAuthorization;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Owners and workers that are contracts (ERC-1271), on the real protocol with real wallets. */
class ContractWalletsTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String FINGERPRINT = "ab".repeat(32) + "|" + "cd".repeat(32) + "|" + "ef".repeat(16);
    private static final byte[] VALUE = Pushes.utf8("value");
    private static final byte[] OTHER = Pushes.utf8("other");

    /** Runtime code: reverts; loops until its gas is gone; returns one word that is not the magic one; nothing at all. */
    private static final List<String> BROKEN = List.of("0x60006000fd", "0x5b600056", "0x60206000f3", "0x");

    @TempDir
    private static Path folder;

    private static ServedChain served;
    private static RunningServer server;
    private static URI scone;

    @BeforeAll
    static void start() {
        served = ServedChain.start(folder);
        server = served.server();
        scone = server.scone();
        HttpResponse<String> token =
                server.send(Pushes.accountPush(scone, Wallet.REQUESTER, "iexec-result-iexec-ipfs-token", "token"));
        assertThat(token.statusCode()).isEqualTo(204);
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    private static int status(HttpRequest.Builder request) {
        return server.send(request).statusCode();
    }

    private static String rpc(String method, Object... params) {
        Map<String, Object> call = Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", params);
        return JSON.readTree(server.postJson(served.chain().url(), JSON.writeValueAsString(call))
                        .body())
                .path("result")
                .asString("");
    }

    /** The request gets this status while the wallet's code is anything but a wallet's; the code is put back. */
    private static void assertWithoutWallet(String wallet, int status, Supplier<HttpRequest.Builder> request) {
        String code = rpc("eth_getCode", wallet, "latest");
        for (String broken : BROKEN) {
            setCode(wallet, broken);
            assertThat(rpc("eth_getCode", wallet, "latest")).isEqualTo(broken);
            assertThat(status(request.get())).as(broken).isEqualTo(status);
        }
        setCode(wallet, code);
    }

    /** In a block of its own: no chain changes the state of a block that it has. */
    private static void setCode(String address, String code) {
        rpc("anvil_setCode", address, code);
        served.chain().mine(1);
        served.awaitHead();
    }

    // Pushes

    @Test
    void datasetKeyIsTakenFromTheWalletThatOwnsTheDataset() {
        String wallet = served.story().deployWallet(Wallet.DATASET_OWNER);
        String dataset = served.story().createDataset("/ipfs/QmTest", new byte[32]);
        served.story().transferDataset(dataset, Wallet.DATASET_OWNER, wallet);
        URI uri = Pushes.dataset(scone, dataset);
        String signature = Pushes.signDataset(Wallet.DATASET_OWNER, dataset, VALUE);

        assertThat(status(Pushes.post(uri, Pushes.signDataset(Wallet.STRANGER, dataset, VALUE), VALUE)))
                .isEqualTo(401);
        assertThat(status(Pushes.post(uri, signature, OTHER))).isEqualTo(401);
        assertThat(status(Pushes.post(uri, signature + "00", VALUE))).isEqualTo(401);
        assertThat(status(Pushes.post(uri, "0x" + "00".repeat(3000), VALUE))).isEqualTo(401);
        assertWithoutWallet(wallet, 401, () -> Pushes.post(uri, signature, VALUE));
        assertThat(status(Pushes.head(uri))).isEqualTo(404);
        assertThat(status(Pushes.post(uri, signature, VALUE))).isEqualTo(204);
        assertThat(status(Pushes.head(uri))).isEqualTo(204);
        assertThat(lastEntry().fields()).containsEntry(Field.OWNER, wallet);
        assertThat(status(Pushes.post(uri, signature, VALUE))).isEqualTo(409);
    }

    @Test
    void aKeyThatSignsForAWalletSignsNotForItself() {
        String dataset = served.story().createDataset(Wallet.STRANGER, Pushes.utf8("/ipfs/QmTest"), new byte[32]);
        served.story().deployWallet(Wallet.DATASET_OWNER);

        assertThat(status(Pushes.datasetPush(scone, Wallet.DATASET_OWNER, dataset, "value")))
                .isEqualTo(401);
    }

    @Test
    void appSecretIsTakenFromTheWalletThatOwnsTheApp() {
        String wallet = served.story().deployWallet(Wallet.APP_DEVELOPER);
        String app = served.story().createApp("");
        served.story().transferApp(app, Wallet.APP_DEVELOPER, wallet);

        assertThat(status(Pushes.appPush(scone, Wallet.STRANGER, app, "value"))).isEqualTo(401);
        assertWithoutWallet(wallet, 401, () -> Pushes.appPush(scone, Wallet.APP_DEVELOPER, app, "value"));
        assertThat(status(Pushes.appPush(scone, Wallet.APP_DEVELOPER, app, "value")))
                .isEqualTo(204);
    }

    @Test
    void accountSecretIsTakenFromTheWalletItselfAndReplacedByIt() {
        String wallet = served.story().deployWallet(Wallet.REQUESTER);
        URI uri = Pushes.account(scone, wallet, "name");
        String signature = Pushes.signNamed(Wallet.REQUESTER, wallet, "name", VALUE);

        assertThat(status(Pushes.post(uri, Pushes.signNamed(Wallet.STRANGER, wallet, "name", VALUE), VALUE)))
                .isEqualTo(401);
        assertThat(status(Pushes.post(uri, Pushes.signNamed(Wallet.REQUESTER, wallet, "else", VALUE), VALUE)))
                .isEqualTo(401);
        assertWithoutWallet(wallet, 401, () -> Pushes.post(uri, signature, VALUE));
        assertThat(status(Pushes.post(uri, signature, VALUE))).isEqualTo(204);
        assertThat(status(Pushes.put(uri, signature, OTHER))).isEqualTo(401);
        assertThat(status(Pushes.put(uri, Pushes.signNamed(Wallet.REQUESTER, wallet, "name", OTHER), OTHER)))
                .isEqualTo(204);
        assertThat(status(Pushes.put(uri, signature, VALUE))).as("replayed").isEqualTo(401);
        URI ofKey = Pushes.account(scone, Wallet.REQUESTER.address(), "name");
        assertThat(status(Pushes.post(ofKey, signature, VALUE)))
                .as("the wallet's word for its key's account")
                .isEqualTo(401);
    }

    @Test
    void requesterSecretIsTakenFromTheWalletItself() {
        String wallet = served.story().deployWallet(Wallet.REQUESTER);
        URI uri = Pushes.requester(scone, wallet, "key");
        String signature = Pushes.signNamed(Wallet.REQUESTER, wallet, "key", VALUE);

        assertWithoutWallet(wallet, 401, () -> Pushes.post(uri, signature, VALUE));
        assertThat(status(Pushes.post(uri, signature, VALUE))).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void aContractThatAnswersBadlyApprovesNothing(int kind) {
        String hostile = served.story().deployHostile(kind);

        assertThat(status(Pushes.post(
                        Pushes.account(scone, hostile, "name"),
                        Pushes.signNamed(Wallet.STRANGER, hostile, "name", VALUE),
                        VALUE)))
                .isEqualTo(401);
    }

    // Schedulers and workers

    private static String taskOfWallet(String pool) {
        DealTerms terms = served.story().terms(served.story().createApp(FINGERPRINT));
        served.story().transferWorkerpool(terms.workerpool(), Wallet.WORKERPOOL_OWNER, pool);
        return served.story().initialize(served.story().match(terms), 0);
    }

    /** Authorised by {@code scheduler} for a worker that is a contract of {@code key}. */
    private static WorkerpoolAuthorization authorization(
            Wallet scheduler, Wallet key, String worker, String task, String enclave) {
        byte[] hash = WorkerpoolAuthorization.hash(worker, task, enclave);
        return new WorkerpoolAuthorization(task, worker, enclave, scheduler.signMessage(hash), key.signMessage(hash));
    }

    private static void assertRefused(HttpRequest.Builder session, String word) {
        HttpResponse<String> answer = server.send(session);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
        assertThat(answer.body()).isEqualTo("{\"error\":\"" + word + "\"}");
    }

    @Test
    void challengesAndSessionsAreServedOnTheWordOfThePoolsWallet() {
        String pool = served.story().deployWallet(Wallet.WORKERPOOL_OWNER);
        String task = taskOfWallet(pool);

        assertThat(status(
                        Asking.challenge(scone, task, WorkerpoolAuthorization.challengeHeader(Wallet.STRANGER, task))))
                .isEqualTo(401);
        assertWithoutWallet(pool, 401, () -> Asking.challenge(scone, task));
        HttpResponse<String> challenge = server.send(Asking.challenge(scone, task));
        assertThat(challenge.statusCode()).isEqualTo(200);

        WorkerpoolAuthorization good = Asking.authorization(task, challenge.body());
        String invalid = "EXECUTION_NOT_AUTHORIZED_INVALID_SIGNATURE";
        assertRefused(
                Asking.session(
                        scone, WorkerpoolAuthorization.sign(Wallet.STRANGER, Wallet.WORKER, task, challenge.body())),
                invalid);
        assertWithoutWallet(pool, 401, () -> Asking.session(scone, good));
        assertThat(status(Asking.session(scone, good))).isEqualTo(200);
        assertThat(lastEntry().event()).isEqualTo(Event.SESSION_GRANTED);
    }

    @Test
    void sessionsAndNativeChallengesAreServedToAWorkersWallet() {
        String pool = served.story().deployWallet(Wallet.WORKERPOOL_OWNER);
        String worker = served.story().deployWallet(Wallet.WORKER);
        String task = taskOfWallet(pool);
        String enclave = server.send(Asking.challenge(scone, task)).body();
        WorkerpoolAuthorization good = authorization(Wallet.WORKERPOOL_OWNER, Wallet.WORKER, worker, task, enclave);

        assertRefused(
                Asking.session(scone, authorization(Wallet.WORKERPOOL_OWNER, Wallet.STRANGER, worker, task, enclave)),
                "INVALID_AUTHORIZATION");
        assertWithoutWallet(worker, 401, () -> Asking.session(scone, good));
        assertThat(status(Asking.session(scone, good))).isEqualTo(200);
        assertThat(lastEntry().fields()).containsEntry(Field.WORKER, worker);

        Ask ask = Asking.ask(good);
        assertNative(401, good, ask, Wallet.STRANGER);
        assertNative(401, authorization(Wallet.STRANGER, Wallet.WORKER, worker, task, enclave), ask, Wallet.WORKER);
        assertWithoutWallet(worker, 401, () -> nativeAsk(good, ask, Wallet.WORKER));
        assertWithoutWallet(pool, 401, () -> nativeAsk(good, ask, Wallet.WORKER));
        Ask later = new Ask(task, "app", worker, enclave, Instant.now().getEpochSecond() + 90);
        Map<String, Object> mixed = Asking.nativeAsk(server, good, ask, Wallet.WORKER);
        mixed.put("ask", Asking.nativeAsk(server, good, later, Wallet.WORKER).get("ask"));
        assertThat(status(nativeAsk(mixed))).as("signed for another deadline").isEqualTo(401);
        assertNative(200, good, ask, Wallet.WORKER);
    }

    private static HttpRequest.Builder nativeAsk(WorkerpoolAuthorization authorization, Ask ask, Wallet signer) {
        return nativeAsk(Asking.nativeAsk(server, authorization, ask, signer));
    }

    private static HttpRequest.Builder nativeAsk(Map<String, Object> body) {
        return HttpRequest.newBuilder(server.nativeApi().resolve("/v1/challenges"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
    }

    private static void assertNative(int status, WorkerpoolAuthorization authorization, Ask ask, Wallet signer) {
        HttpResponse<String> answer = server.send(nativeAsk(authorization, ask, signer));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        if (status == 401) {
            assertThat(answer.body()).contains("\"code\":\"request.bad-signature\"");
        }
    }

    private static AuditEntry lastEntry() {
        AuditLog log = server.bean(AuditLog.class);
        return log.entriesAfter(log.head().sequence() - 1, 1).stream()
                .map(LogEntry::entry)
                .findFirst()
                .orElseThrow();
    }
}
