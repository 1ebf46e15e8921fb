package io.attested.sms.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.audit.AuditEntry;
import io.attested.sms.audit.AuditLog;
import io.attested.sms.audit.Event;
import io.attested.sms.audit.Field;
import io.attested.sms.contracts.testbed.DealTerms;
import io.attested.sms.contracts.testbed.TeeTag;
import io.attested.sms.contracts.testbed.Wallet;
import io.attested.sms.standin.IpfsStandIn;
import io.attested.sms.standin.Reply;
import io.attested.sms.standin.StoreStandIn;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sessions that are published in stores, contract sections 4.3 to 4.6, from the worker's request to the store's socket. */
class PublishedSessionsTest {
    private static final String DATASET_KEY = "ZGF0YXNldCBrZXk=";
    private static final String DEVELOPER_SECRET = "the developer's secret";
    private static final String TOKEN = "the requester's token";

    @TempDir
    private static Path folder;

    private static StoresAtHand stores;
    private static IpfsStandIn ipfs;
    private static ServedChain served;
    private static RunningServer server;
    private static String dataset;

    @BeforeAll
    static void start() {
        stores = StoresAtHand.start(folder);
        ipfs = IpfsStandIn.start();
        Map<String, String> settings = new HashMap<>(stores.settings());
        settings.put("sms.bulk.gateway", ipfs.url().toString());
        settings.put("sms.sessions.per-task-and-hour", "5");
        served = ServedChain.start(folder, settings);
        server = served.server();
        dataset = served.story().createDataset("https://data.example/file", new byte[32]);
        push(Pushes.datasetPush(server.scone(), Wallet.DATASET_OWNER, dataset, DATASET_KEY));
        push(Pushes.accountPush(server.scone(), Wallet.REQUESTER, "iexec-result-iexec-ipfs-token", " " + TOKEN + "\n"));
    }

    @AfterAll
    static void stop() {
        served.close();
        stores.close();
        ipfs.close();
    }

    private static void push(HttpRequest.Builder push) {
        assertThat(server.send(push).statusCode()).isEqualTo(204);
    }

    private static String app(String registered) {
        String app = served.story().createApp(registered);
        push(Pushes.appPush(server.scone(), Wallet.APP_DEVELOPER, app, DEVELOPER_SECRET));
        return app;
    }

    private static String task(String app, UnaryOperator<DealTerms> change) {
        var deal = served.story().match(change.apply(served.story().terms(app)));
        return served.story().initialize(deal, 0);
    }

    private static JsonNode session(URI port, String task, String challenge) {
        HttpResponse<String> answer = server.send(Asking.session(port, Asking.authorization(task, challenge)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode body = JsonMapper.shared().readTree(answer.body());
        assertThat(body.propertyNames()).containsExactly("data");
        return body.path("data");
    }

    private static String challenge(String task) {
        return server.send(Asking.challenge(server.scone(), task)).body();
    }

    private static AuditEntry lastEntry() {
        AuditLog log = server.bean(AuditLog.class);
        return log.entriesAfter(log.head().sequence() - 1, 1).getFirst().entry();
    }

    private void assertPublished(TeeTag tag, StoreStandIn store, String address) {
        String app = app(tag == TeeTag.TDX ? "" : stores.configuration(tag.name()));
        String task = task(app, terms -> terms.withTag(tag).withDataset(dataset));

        // Asked at the port of another framework: only the deal's tag decides.
        JsonNode session = session(tag == TeeTag.TDX ? server.scone() : server.tdx(), task, challenge(task));

        assertThat(session.path("secretProvisioningUrl").asString()).isEqualTo(address);
        StoreStandIn.Kept kept = store.session(session.path("sessionId").asString());
        assertThat(kept.environment("app"))
                .containsEntry("IEXEC_TASK_ID", task)
                .containsEntry("IEXEC_DATASET_ADDRESS", dataset)
                .containsEntry("IEXEC_APP_DEVELOPER_SECRET_1", DEVELOPER_SECRET)
                .doesNotContainValue(DATASET_KEY)
                .doesNotContainValue(TOKEN)
                .doesNotContainKey("SIGN_TEE_CHALLENGE_PRIVATE_KEY");
        assertThat(kept.environment("post-compute"))
                .containsEntry("RESULT_STORAGE_TOKEN", TOKEN)
                .containsEntry("SIGN_WORKER_ADDRESS", Wallet.WORKER.checksummedAddress())
                .doesNotContainValue(DATASET_KEY)
                .doesNotContainValue(DEVELOPER_SECRET);
        assertThat(store.violations()).isEmpty();
        assertRecorded(task, store == stores.cas() ? "scone" : store == stores.sps() ? "gramine" : "tdx", app);
        for (StoreStandIn other : List.<StoreStandIn>of(stores.cas(), stores.sps(), stores.tdx())) {
            assertThat(other.sessions().stream().anyMatch(one -> one.text().contains(task)))
                    .isEqualTo(other == store);
        }
    }

    private static void assertRecorded(String task, String publisher, String app) {
        AuditEntry entry = lastEntry();
        assertThat(entry.event()).isEqualTo(Event.SESSION_RELEASED);
        assertThat(entry.fields())
                .containsEntry(Field.CHAIN_TASK_ID, task)
                .containsEntry(Field.PUBLISHER, publisher)
                .containsEntry(
                        Field.GRANTED,
                        "dataset-key:" + dataset + ":,app-secret:" + app + ":1,account-secret:"
                                + Wallet.REQUESTER.address() + ":iexec-result-iexec-ipfs-token")
                .containsEntry(Field.ENCLAVE_CHALLENGE_DIFFERS, "false");
    }

    @Test
    void aSconeTasksSessionGoesToTheCasAndNowhereElse() {
        assertPublished(TeeTag.SCONE, stores.cas(), "cas.example:18765");
    }

    @Test
    void aGramineTasksSessionGoesToTheProvisioningServiceAndNowhereElse() {
        assertPublished(TeeTag.GRAMINE, stores.sps(), "sps.example:4433");
    }

    @Test
    void aTrustDomainsSessionGoesToTheStorageAndNowhereElse() {
        assertPublished(TeeTag.TDX, stores.tdx(), "tdx.example:9000");
    }

    @Test
    void thePreComputeHoldsTheDatasetsKeyAndTheTasksOwnSigningKey() {
        String task = task(app(stores.configuration("SCONE")), terms -> terms.withDataset(dataset));
        String challenge = challenge(task);

        JsonNode session = session(server.scone(), task, challenge);

        Map<String, String> preCompute =
                stores.cas().session(session.path("sessionId").asString()).environment("pre-compute");
        assertThat(preCompute)
                .containsEntry("IEXEC_DATASET_KEY", DATASET_KEY)
                .containsEntry("IEXEC_DATASET_URL", "https://data.example/file")
                .doesNotContainValue(DEVELOPER_SECRET);
        String key = preCompute.getOrDefault("SIGN_TEE_CHALLENGE_PRIVATE_KEY", "");
        assertThat(Wallet.ofPrivateKey(key).address()).isEqualTo(challenge);
    }

    @Test
    void aBulkTasksSessionHasEachDatasetsKeyInThePreComputeAlone() {
        String second = served.story().createDataset("https://data.example/second", new byte[32]);
        push(Pushes.datasetPush(server.scone(), Wallet.DATASET_OWNER, second, "second key"));
        String slice = ipfs.addJson(List.of(offer(dataset), offer(second)));
        String list = ipfs.addJson(List.of(slice));
        String task =
                task(app(stores.configuration("SCONE")), terms -> terms.withParams("{\"bulk_cid\":\"" + list + "\"}"));

        String id =
                session(server.scone(), task, challenge(task)).path("sessionId").asString();

        assertThat(stores.cas().session(id).environment("pre-compute"))
                .containsEntry("IEXEC_BULK_SLICE_SIZE", "2")
                .containsEntry("IEXEC_DATASET_1_KEY", DATASET_KEY)
                .containsEntry("IEXEC_DATASET_2_KEY", "second key")
                .containsEntry("IEXEC_DATASET_2_URL", "https://data.example/second")
                .containsEntry("IEXEC_DATASET_2_FILENAME", second)
                .containsEntry("IS_DATASET_REQUIRED", "false");
        assertThat(stores.cas().session(id).environment("app"))
                .containsEntry("IEXEC_BULK_SLICE_SIZE", "2")
                .containsEntry("IEXEC_DATASET_1_FILENAME", dataset)
                .doesNotContainValue(DATASET_KEY)
                .doesNotContainValue("second key");
        assertThat(lastEntry().fields().get(Field.GRANTED))
                .contains("dataset-key:" + dataset + ":", "dataset-key:" + second + ":");
    }

    private static Map<String, Object> offer(String of) {
        return served.story()
                .sign(served.story().offer(of), Wallet.DATASET_OWNER)
                .json();
    }

    @Test
    void everyRequestIsRecordedAndGetsASessionOfItsOwn() {
        String task = task(app(stores.configuration("SCONE")), terms -> terms);
        AuditLog log = server.bean(AuditLog.class);
        String first =
                session(server.scone(), task, challenge(task)).path("sessionId").asString();
        long head = log.head().sequence();

        String second =
                session(server.scone(), task, challenge(task)).path("sessionId").asString();

        assertThat(second).isNotEqualTo(first);
        assertThat(log.head().sequence()).isEqualTo(head + 1);
        assertThat(lastEntry().event()).isEqualTo(Event.SESSION_RELEASED);
    }

    @Test
    void whoAsksAgainAndAgainIsToldTheSessionThatIsInTheStoreAndTheLogDoesNotGrow() {
        String task = task(app(stores.configuration("SCONE")), terms -> terms);
        AuditLog log = server.bean(AuditLog.class);
        List<String> sessions = Stream.generate(() -> session(server.scone(), task, challenge(task))
                        .path("sessionId")
                        .asString())
                .limit(5)
                .toList();
        long head = log.head().sequence();
        int posted = stores.cas().sessions().size();

        for (int i = 0; i < 10; i++) {
            assertThat(session(server.scone(), task, challenge(task))
                            .path("sessionId")
                            .asString())
                    .isEqualTo(sessions.getLast());
        }

        assertThat(sessions).doesNotHaveDuplicates();
        assertThat(log.head().sequence()).isEqualTo(head);
        assertThat(stores.cas().sessions()).hasSize(posted);
    }

    @Test
    void whoAsksAgainAndAgainForWhatNoStoreTakesIsToldToComeLater() {
        String task = task(app(stores.configuration("SCONE")), terms -> terms);
        AuditLog log = server.bean(AuditLog.class);
        stores.cas().behave(Reply.status(500));
        try {
            List<HttpResponse<String>> answers = Stream.generate(() ->
                            server.send(Asking.session(server.scone(), Asking.authorization(task, challenge(task)))))
                    .limit(6)
                    .toList();
            assertThat(answers).extracting(HttpResponse::statusCode).containsExactly(500, 500, 500, 500, 500, 503);
            assertThat(answers)
                    .extracting(HttpResponse::body)
                    .containsOnly("{\"error\":\"SECURE_SESSION_GENERATION_FAILED\"}");
            assertThat(log.entriesAfter(log.head().sequence() - 6, 6))
                    .filteredOn(entry -> entry.entry().event() == Event.SESSION_RELEASED
                            && task.equals(entry.entry().fields().get(Field.CHAIN_TASK_ID)))
                    .hasSize(5);
        } finally {
            stores.cas().behave(Reply.status(201));
        }
    }

    @Test
    void aStoreThatHangsUpIsTriedThreeTimesUnderThreeNames() {
        String task = task(app(stores.configuration("SCONE")), terms -> terms);
        long tries = Prometheus.counter(server, "sms_sessions_retried_total{store=\"scone\"}");
        int seen = stores.cas().server().received().size();
        stores.cas().behave(new Reply.Closed());
        try (LoggedLines logged = LoggedLines.capture()) {
            HttpResponse<String> answer =
                    server.send(Asking.session(server.scone(), Asking.authorization(task, challenge(task))));
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).isEqualTo("{\"error\":\"SECURE_SESSION_GENERATION_FAILED\"}");
            assertThat(logged.lines())
                    .anyMatch(line -> line.contains("session_not_published store=scone cause=no-answer"))
                    .noneMatch(line -> line.contains(TOKEN) || line.contains(DEVELOPER_SECRET) || line.contains(task));
            assertThat(logged.traces()).isEmpty();
        } finally {
            stores.cas().behave(Reply.status(201));
        }
        assertThat(stores.cas().server().received().stream()
                        .skip(seen)
                        .map(request -> request.text().lines().findFirst().orElse("")))
                .hasSize(3)
                .doesNotHaveDuplicates();
        assertThat(Prometheus.counter(server, "sms_sessions_retried_total{store=\"scone\"}"))
                .isEqualTo(tries + 2);
        assertThat(lastEntry().event())
                .as("what left, or may have, was recorded before")
                .isEqualTo(Event.SESSION_RELEASED);
    }
}
