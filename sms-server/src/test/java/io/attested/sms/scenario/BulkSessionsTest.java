package io.attested.sms.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.audit.AuditEntry;
import io.attested.sms.audit.AuditLog;
import io.attested.sms.audit.Field;
import io.attested.sms.audit.LogEntry;
import io.attested.sms.contracts.testbed.DatasetOffer;
import io.attested.sms.contracts.testbed.Wallet;
import io.attested.sms.contracts.testbed.WorkerpoolAuthorization;
import io.attested.sms.standin.IpfsStandIn;
import io.attested.sms.standin.IpfsStandIn.Behaviour;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bulk deals of a real hub (PoCo 6.1) over HTTP, iExec contract section 4.7. */
class BulkSessionsTest {
    private static final String FINGERPRINT = "ab".repeat(32) + "|" + "cd".repeat(32) + "|" + "ef".repeat(16);
    private static final String ENCLAVE = "0x" + "5c".repeat(20);
    private static final String KEY = "c2VjcmV0LWRhdGFzZXQta2V5LW9mLXRoaXJ0eS10d28=";

    @TempDir
    private static Path folder;

    private static IpfsStandIn ipfs;
    private static ServedChain served;
    private static URI scone;
    private static String app;

    @BeforeAll
    static void start() {
        ipfs = IpfsStandIn.start();
        served = ServedChain.start(
                folder,
                Map.of(
                        "sms.bulk.gateway", ipfs.url().toString(),
                        "sms.bulk.timeout", "6s",
                        "sms.bulk.parallel", "2"));
        scone = served.server().scone();
        app = served.story().createApp(FINGERPRINT);
        served.server().send(Pushes.accountPush(scone, Wallet.REQUESTER, "iexec-result-iexec-ipfs-token", "token"));
    }

    @AfterAll
    static void stop() {
        served.close();
        ipfs.close();
    }

    @AfterEach
    void behave() {
        ipfs.behave(Behaviour.HONEST);
    }

    private static DatasetOffer offer(boolean withKey) {
        String dataset = served.story().createDataset("http://127.0.0.1/data", new byte[32]);
        if (withKey) {
            served.awaitHead();
            assertThat(served.server()
                            .send(Pushes.datasetPush(scone, Wallet.DATASET_OWNER, dataset, KEY))
                            .statusCode())
                    .isEqualTo(204);
        }
        return served.story().sign(served.story().offer(dataset), Wallet.DATASET_OWNER);
    }

    /** A task of a deal with one slice of these orders. */
    private static String task(List<DatasetOffer> offers) {
        String slice = ipfs.addJson(offers.stream().map(DatasetOffer::json).toList());
        return task(ipfs.addJson(List.of(slice)));
    }

    private static String task(String bulkCid) {
        String task = served.story()
                .initialize(
                        served.story()
                                .match(served.story().terms(app).withParams("{\"bulk_cid\":\"" + bulkCid + "\"}")),
                        0);
        served.awaitHead();
        return task;
    }

    private static HttpResponse<String> session(String task) {
        return served.server().send(Asking.session(scone, Asking.authorization(task, ENCLAVE)));
    }

    private static void assertError(String task, int status, String word) {
        HttpResponse<String> answer = session(task);
        assertThat(answer.body()).isEqualTo("{\"error\":\"" + word + "\"}");
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    private static AuditEntry lastEntry() {
        AuditLog log = served.server().bean(AuditLog.class);
        return log.entriesAfter(log.head().sequence() - 1, 1).stream()
                .map(LogEntry::entry)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void bulkOfThreeIsServed() {
        String task = task(List.of(offer(true), offer(true), offer(true)));
        long before = Prometheus.counter(served.server(), "sms_bulk_slices_total{outcome=\"usable\"}");

        assertThat(session(task).statusCode()).isEqualTo(200);

        assertThat(lastEntry().fields()).containsEntry(Field.CHAIN_TASK_ID, task);
        assertThat(Prometheus.counter(served.server(), "sms_bulk_slices_total{outcome=\"usable\"}"))
                .isEqualTo(before + 1);
    }

    @Test
    void orderThatTheHubRefusesOrAKeyThatIsMissingIsNamedByItsNumber() {
        DatasetOffer good = offer(true);
        String forged = task(List.of(good, served.story().sign(served.story().offer(good.dataset()), Wallet.STRANGER)));
        assertError(forged, 500, "SECURE_SESSION_GENERATION_FAILED");
        assertThat(lastEntry().fields()).containsEntry(Field.CODE, "bulk.dataset-not-usable");
        assertThat(lastEntry().fields().get(Field.DETAIL)).contains("dataset 2 of the bulk");

        String keyless = task(List.of(good, good, offer(false)));
        assertError(keyless, 500, "PRE_COMPUTE_GET_DATASET_SECRET_FAILED");
        assertThat(lastEntry().fields()).containsEntry(Field.CODE, "secret.missing");
        assertThat(lastEntry().fields().get(Field.DETAIL)).contains("dataset 3 of the bulk");

        DatasetOffer closing = offer(true);
        String task = task(List.of(good, closing));
        assertThat(session(task).statusCode()).isEqualTo(200);
        served.story().close(closing, Wallet.DATASET_OWNER);
        served.awaitHead();
        assertError(task, 500, "SECURE_SESSION_GENERATION_FAILED");
    }

    @Test
    void gatewayThatFailsIsA503AndNotRecorded() {
        String task = task(List.of(offer(true)));
        ipfs.behave(Behaviour.BROKEN);
        long head = served.server().bean(AuditLog.class).head().sequence();

        assertError(task, 503, "SECURE_SESSION_GENERATION_FAILED");
        assertThat(served.server().bean(AuditLog.class).head().sequence()).isEqualTo(head);

        ipfs.behave(Behaviour.HONEST);
        assertThat(session(task).statusCode()).isEqualTo(200);
    }

    @Test
    void listThatIsNoneIsRefused() {
        assertError(task(ipfs.addJson(Map.of("a", 1))), 500, "SECURE_SESSION_GENERATION_FAILED");
        assertThat(lastEntry().fields()).containsEntry(Field.CODE, "bulk.list-invalid");
    }

    @Test
    void gatewayIsNotAskedForWhoeverHasNoSignatures() {
        String task = task(List.of(offer(true)));
        int asked = ipfs.requests().size();
        WorkerpoolAuthorization forged = WorkerpoolAuthorization.sign(Wallet.STRANGER, Wallet.WORKER, task, ENCLAVE);

        assertThat(served.server().send(Asking.session(scone, forged)).statusCode())
                .isEqualTo(401);
        assertThat(ipfs.requests()).hasSize(asked);
    }

    @Test
    void slowGatewayDelaysNobodyElse() throws Exception {
        List<String> bulks = new ArrayList<>();
        DatasetOffer offer = offer(true);
        for (int i = 0; i < 6; i++) {
            bulks.add(task(ipfs.addJson(List.of(ipfs.addJson(List.of(offer.json())), "distinct" + i))));
        }
        String plain =
                served.story().initialize(served.story().match(served.story().terms(app)), 0);
        served.awaitHead();
        ipfs.behave(Behaviour.SLOW).delay(Duration.ofSeconds(20));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> waiting = bulks.stream()
                    .map(task -> threads.submit(() -> session(task).statusCode()))
                    .toList();
            Thread.sleep(300);
            assertThat(session(plain).statusCode()).isEqualTo(200);
            assertThat(waiting).noneMatch(Future::isDone);
            for (Future<Integer> answer : waiting) {
                assertThat(answer.get()).isEqualTo(503);
            }
        }
    }
}
