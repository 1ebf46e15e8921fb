package io.attested.sms.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.audit.AuditLog;
import io.attested.sms.contracts.testbed.Wallet;
import io.attested.sms.contracts.testbed.WorkerpoolAuthorization;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An outage of the chain or the store is 503, never a refusal; what needs neither goes on. */
class OutageTest {
    private static final String FINGERPRINT = "ab".repeat(32) + "|" + "cd".repeat(32) + "|" + "ef".repeat(16);

    private final Wallet somebody = Wallet.random(new SecureRandom());

    @Test
    void deadNodeIsAnOutageOfWhatNeedsTheChain(@TempDir Path folder) {
        try (ServedChain served = ServedChain.start(folder, Map.of("sms.chain.max-silence", "4s"))) {
            RunningServer server = served.server();
            URI scone = server.scone();
            String app = served.story().createApp(FINGERPRINT);
            String dataset = served.story().createDataset("/ipfs/QmTest", new byte[32]);
            String task = served.story()
                    .initialize(served.story().match(served.story().terms(app)), 0);
            WorkerpoolAuthorization authorization = Asking.authorization(
                    task, server.send(Asking.challenge(scone, task)).body());
            String ask = JsonMapper.shared().writeValueAsString(Asking.nativeAsk(server, authorization));
            String grant = grantBody(server.postJson(server.nativeApi().resolve("/v1/challenges"), ask));
            long head = server.bean(AuditLog.class).head().sequence();

            served.chain().stop();
            server.awaitStopped();

            assertOutage(server, Pushes.datasetPush(scone, Wallet.DATASET_OWNER, dataset, "key"), "");
            assertOutage(server, Pushes.appPush(scone, Wallet.APP_DEVELOPER, app, "secret"), "");
            assertOutage(server, Asking.challenge(scone, task), "");
            assertOutage(
                    server,
                    Asking.session(scone, authorization),
                    "{\"error\":\"EXECUTION_NOT_AUTHORIZED_GET_CHAIN_TASK_FAILED\"}");
            assertUnavailable(server.postJson(server.nativeApi().resolve("/v1/challenges"), ask), "chain.stale");
            assertUnavailable(server.postJson(server.nativeApi().resolve("/v1/grants"), grant), "chain.stale");
            assertThat(server.bean(AuditLog.class).head().sequence()).isEqualTo(head);
            assertThat(status(server, Pushes.accountPush(scone, somebody, "token", "value")))
                    .isEqualTo(204);
            assertThat(status(server, Pushes.head(Pushes.dataset(scone, dataset))))
                    .isEqualTo(404);
            assertThat(server.get(scone.resolve("/actuator/health")).statusCode())
                    .isEqualTo(200);
            assertThat(server.get(server.nativeApi().resolve("/v1/health")).body())
                    .contains("\"degraded\"");
        }
    }

    /** A grant request with a challenge that is good and evidence that is none. */
    private static String grantBody(HttpResponse<String> challenge) {
        JsonNode body = JsonMapper.shared().readTree(challenge.body());
        return "{\"challenge\":\"" + body.path("challenge").asString()
                + "\",\"quote\":\"AA==\",\"runtimeData\":\"AA==\"}";
    }

    private static void assertOutage(RunningServer server, HttpRequest.Builder request, String body) {
        HttpResponse<String> answer = server.send(request);
        assertThat(answer.statusCode()).as(answer.uri().getPath()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo(body);
    }

    private static void assertUnavailable(HttpResponse<String> answer, String code) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("retry-after")).isPresent();
        assertThat(JsonMapper.shared().readTree(answer.body()).path("code").asString())
                .isEqualTo(code);
    }

    private static int status(RunningServer server, HttpRequest.Builder request) {
        return server.send(request).statusCode();
    }

    @Test
    void fullDiskIsAnOutageOfPushesOnly(@TempDir Path folder) {
        try (ServedChain served = ServedChain.start(folder, Map.of("sms.store.reserve", "1000000TB"))) {
            RunningServer server = served.server();
            assertThat(status(server, Pushes.accountPush(server.scone(), somebody, "token", "value")))
                    .isEqualTo(503);
            assertThat(status(server, Pushes.requesterPush(server.scone(), somebody, "token", "value")))
                    .isEqualTo(503);
            assertThat(status(server, Pushes.head(Pushes.account(server.scone(), somebody.address(), "token"))))
                    .isEqualTo(404);
            String app = served.story().createApp(FINGERPRINT);
            String task = served.story()
                    .initialize(served.story().match(served.story().terms(app)), 0);
            assertThat(status(server, Asking.challenge(server.scone(), task))).isEqualTo(200);
        }
    }

    @Test
    void sourceOverItsBudgetIsToldToComeBack(@TempDir Path folder) {
        try (ServedChain served = ServedChain.start(folder, Map.of("sms.iexec.writes-per-minute", "2"))) {
            RunningServer server = served.server();
            HttpResponse<String> nativeAnswer =
                    server.postJson(server.nativeApi().resolve("/v1/grants"), "{}");
            // Two writes fit into a minute; the third of four falls into a minute in which two were before.
            for (int i = 0; i < 4 && nativeAnswer.statusCode() != 503; i++) {
                assertThat(nativeAnswer.statusCode()).isEqualTo(400);
                nativeAnswer = server.postJson(server.nativeApi().resolve("/v1/grants"), "{}");
            }
            assertUnavailable(nativeAnswer, "service.busy");
            assertThat(status(server, Pushes.head(Pushes.account(server.scone(), somebody.address(), "token"))))
                    .isEqualTo(404);
        }
    }
}
