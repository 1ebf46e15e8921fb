package io.attested.sms.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.attested.sms.contracts.testbed.AnvilOptions;
import io.attested.sms.contracts.testbed.LocalChain;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Exchanges recorded from the real SDK, replayed against this service on the chain they were recorded on, and the
 * prepared authorisations of the same recording.
 *
 * <p>The recording lies outside the repository; the system property {@code sms.testbed} names its folder.
 */
class RecordedExchangesTest {
    private static final Set<String> SET_BY_THE_TRANSPORT = Set.of("host", "connection", "content-length");

    private static Path testbed;
    private static JsonNode scenario;

    @BeforeAll
    static void find() throws IOException {
        String folder = System.getProperty("sms.testbed", "");
        assumeTrue(
                !folder.isEmpty(), "no recorded exchanges: set -Dsms.testbed=DIR to the folder that holds requests/");
        testbed = Path.of(folder);
        assertThat(testbed.resolve("scenario.json")).exists();
        scenario = JsonMapper.shared().readTree(Files.readAllBytes(testbed.resolve("scenario.json")));
    }

    @Test
    void theExchangesOfSdk9AndTheTdxSessionThatFollows(@TempDir Path folder) throws IOException {
        replayThenAsk(folder, "sdk9", "tdx");
    }

    @Test
    void theExchangesOfSdk8AndTheSconeSessionThatFollows(@TempDir Path folder) throws IOException {
        replayThenAsk(folder, "sdk8", "scone");
    }

    @Test
    void aPipelineVersionThatIsNotConfiguredIsRefused(@TempDir Path folder) throws IOException {
        try (LocalChain chain = restored();
                RunningServer server = RunningServer.start(
                        folder,
                        chain.url(),
                        scenario.path("hub").asString(),
                        java.util.Map.of("sms.tee.pipelines[0].version", "v5.8"))) {
            replay(server, server.scone(), "sdk8");

            HttpResponse<String> answer = session(server, server.scone(), task("scone", 0), "");

            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).isEqualTo("{\"error\":\"APP_COMPUTE_INVALID_ENCLAVE_CONFIG\"}");
        }
    }

    private void replayThenAsk(Path folder, String sdk, String deal) throws IOException {
        try (LocalChain chain = restored();
                RunningServer server = RunningServer.start(
                        folder, chain.url(), scenario.path("hub").asString())) {
            URI listener = deal.equals("tdx") ? server.tdx() : server.scone();

            assertThat(replay(server, listener, sdk)).isEqualTo(29);

            HttpResponse<String> served = session(server, listener, task(deal, 0), "");
            assertThat(served.statusCode()).as(served.body()).isEqualTo(200);
            JsonNode data = JsonMapper.shared().readTree(served.body()).path("data");
            String taskId = task(deal, 0).path("taskId").asString();
            assertThat(data.path("sessionId").asString()).matches("[0-9A-Za-z]{10}0000" + taskId);
            assertThat(data.path("secretProvisioningUrl").asString()).startsWith("localhost:");
            assertThat(data.propertyNames()).containsExactlyInAnyOrder("sessionId", "secretProvisioningUrl");

            assertRefused(server, listener, task(deal, 1), "EXECUTION_NOT_AUTHORIZED_TASK_NOT_ACTIVE");
            assertRefused(server, listener, task(deal, 2), "EXECUTION_NOT_AUTHORIZED_GET_CHAIN_TASK_FAILED");
            assertRefused(server, listener, task("standard", 0), "EXECUTION_NOT_AUTHORIZED_NO_MATCH_ONCHAIN_TYPE");
            assertForgeriesRefused(server, listener, deal);
            assertChallengesAreStable(server, listener, deal);
        }
    }

    private void assertForgeriesRefused(RunningServer server, URI listener, String deal) {
        JsonNode task = task(deal, 0);
        String workers = task.path("workerAuthorizationHeader").asString();
        HttpResponse<String> forgedPool = session(server, listener, task, workers);
        assertThat(forgedPool.statusCode()).isEqualTo(401);
        assertThat(forgedPool.body()).isEqualTo("{\"error\":\"EXECUTION_NOT_AUTHORIZED_INVALID_SIGNATURE\"}");

        HttpResponse<String> forgedWorker = server.send(sessionRequest(
                listener,
                task.path("workerpoolAuthorization").toString(),
                task.path("workerpoolAuthorization")
                        .path("signature")
                        .path("value")
                        .asString()));
        assertThat(forgedWorker.statusCode()).isEqualTo(401);
        assertThat(forgedWorker.body()).isEqualTo("{\"error\":\"INVALID_AUTHORIZATION\"}");
    }

    private void assertChallengesAreStable(RunningServer server, URI listener, String deal) {
        JsonNode task = task(deal, 0);
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> answer = server.send(HttpRequest.newBuilder(listener.resolve(
                            "/tee/challenges/" + task.path("taskId").asString()))
                    .header(
                            "Authorization",
                            task.path("schedulerAuthorizationHeader").asString())
                    .POST(HttpRequest.BodyPublishers.noBody()));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("content-type")).contains("text/plain;charset=UTF-8");
            assertThat(answer.body()).matches("0x[0-9a-f]{40}");
            answers.add(answer.body());
        }
        assertThat(answers.get(0)).isEqualTo(answers.get(1));
        HttpResponse<String> forged = server.send(HttpRequest.newBuilder(listener.resolve(
                        "/tee/challenges/" + task.path("taskId").asString()))
                .header("Authorization", task.path("workerAuthorizationHeader").asString())
                .POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(forged.statusCode()).isEqualTo(401);
        assertThat(forged.body()).isEmpty();
    }

    private static void assertRefused(RunningServer server, URI listener, JsonNode task, String error) {
        HttpResponse<String> answer = session(server, listener, task, "");
        assertThat(answer.statusCode()).as(error).isEqualTo(401);
        assertThat(answer.body()).isEqualTo("{\"error\":\"" + error + "\"}");
    }

    /** Asks for a session; {@code poolSignature} replaces the recorded one unless it is empty. */
    private static HttpResponse<String> session(
            RunningServer server, URI listener, JsonNode task, String poolSignature) {
        String body = task.path("workerpoolAuthorization").toString();
        String recorded = task.path("workerpoolAuthorization")
                .path("signature")
                .path("value")
                .asString();
        return server.send(sessionRequest(
                listener,
                poolSignature.isEmpty() ? body : body.replace(recorded, poolSignature),
                task.path("workerAuthorizationHeader").asString()));
    }

    private static HttpRequest.Builder sessionRequest(URI listener, String body, String authorization) {
        return HttpRequest.newBuilder(listener.resolve("/tee/sessions"))
                .header("Content-Type", "application/json")
                .header("Authorization", authorization)
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static JsonNode task(String deal, int index) {
        return scenario.path("deals").path(deal).path("tasks").path(index);
    }

    private static LocalChain restored() {
        LocalChain chain = LocalChain.anvil(AnvilOptions.standard().withState(testbed.resolve("anvil-state.json.gz")));
        chain.mine(1);
        return chain;
    }

    private static int replay(RunningServer server, URI listener, String sdk) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(testbed.resolve("requests"))) {
            files = all.filter(file -> file.getFileName().toString().startsWith(sdk + "-"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            JsonNode exchange = JsonMapper.shared().readTree(Files.readAllBytes(file));
            HttpResponse<String> answer = server.send(request(listener, exchange.path("request")));
            assertThat(answer.statusCode())
                    .as(file.getFileName().toString())
                    .isEqualTo(exchange.path("response").path("status").asInt());
        }
        return files.size();
    }

    private static HttpRequest.Builder request(URI listener, JsonNode recorded) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(listener.resolve(recorded.path("target").asString()));
        for (JsonNode header : recorded.path("rawHeaders")) {
            String name = header.path(0).asString();
            if (!SET_BY_THE_TRANSPORT.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                request.header(name, header.path(1).asString());
            }
        }
        String base64 = recorded.path("bodyBase64").asString("");
        HttpRequest.BodyPublisher body = base64.isEmpty()
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofByteArray(
                        Base64.getDecoder().decode(base64.getBytes(StandardCharsets.US_ASCII)));
        return request.method(recorded.path("method").asString(), body);
    }
}
