package io.attested.sms.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.attested.sms.contracts.testbed.Wallet;
import io.attested.sms.contracts.testbed.WorkerpoolAuthorization;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scheduler and the worker are as strict as the contract says, against a server that answers what it is told to. */
class StrictClientsTest {
    private static final String TASK = "0x" + "aa".repeat(32);
    private static final String CHALLENGE = "0x" + "5c".repeat(20);
    private static final String COMPUTE =
            "{\"image\":\"i:1\",\"fingerprint\":\"f\",\"entrypoint\":\"e\",\"heapSizeInBytes\":1}";
    private static final String PROPERTIES = "{\"teeFramework\":\"SCONE\",\"teeFrameworkVersion\":\"v5\","
            + "\"preComputeProperties\":" + COMPUTE + ",\"postComputeProperties\":" + COMPUTE
            + ",\"lasImage\":\"las\"}";
    private static final String SESSION = "{\"data\":{\"sessionId\":\"s\",\"secretProvisioningUrl\":\"host:1\"}}";

    private final Map<String, Scripted> answers = new ConcurrentHashMap<>();
    private final List<Relay.Passed> seen = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private URI url;

    private record Scripted(int status, String body) {}

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                String path = exchange.getRequestURI().getPath();
                Scripted answer = answers.getOrDefault(exchange.getRequestMethod() + " " + path, new Scripted(404, ""));
                seen.add(new Relay.Passed(
                        exchange.getRequestMethod(),
                        path,
                        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type")),
                        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Length")),
                        exchange.getRequestBody().readAllBytes().length,
                        answer.status()));
                byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        answer("GET /tee/framework", 200, "\"SCONE\"");
        answer("GET /tee/properties/SCONE/v5", 200, PROPERTIES);
        answer("GET /tee/properties/SCONE", 200, PROPERTIES.replace("\"teeFrameworkVersion\":\"v5\",", ""));
        answer("POST /tee/challenges/" + TASK, 200, CHALLENGE);
        answer("POST /tee/sessions", 200, SESSION);
        answer("POST /secrets/web2", 204, "");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(String request, int status, String body) {
        answers.put(request, new Scripted(status, body));
    }

    private StrictWorker.Start start(StrictSms.Generation generation) {
        return start(new StrictWorker(generation, StrictSms.Framework.SCONE, Wallet.WORKER));
    }

    private StrictWorker.Start start(StrictWorker worker) {
        WorkerpoolAuthorization authorization =
                WorkerpoolAuthorization.sign(Wallet.WORKERPOOL_OWNER, Wallet.WORKER, TASK, CHALLENGE);
        return worker.start(new StrictWorker.Notified(Optional.of(url), authorization, "v5"), Optional.of("jwt"));
    }

    private StrictWorker.Start start() {
        return start(StrictSms.Generation.V9);
    }

    @Test
    void workerAsksInTheOrderOfTheContractAndSendsJsonWhateverItSends() {
        assertThat(start())
                .isEqualTo(
                        new StrictWorker.Start.Started(new StrictWorker.Session("s", "host:1"), List.of("i:1", "i:1")));
        assertThat(seen.stream().map(Relay.Passed::line))
                .containsExactly(
                        "GET /tee/framework 200",
                        "GET /tee/properties/SCONE/v5 200",
                        "HEAD /secrets/web2 404",
                        "POST /secrets/web2 204",
                        "HEAD /secrets/web2 404",
                        "POST /tee/sessions 200");
        assertThat(seen)
                .filteredOn(request -> request.method().equals("POST"))
                .allMatch(request -> request.contentType().equals(Optional.of("application/json")));
    }

    @Test
    void trustDomainsNeedNoPipeline() {
        assertThat(start(new StrictWorker(StrictSms.Generation.V9, StrictSms.Framework.TDX, Wallet.WORKER)))
                .isInstanceOf(StrictWorker.Start.Started.class);
        assertThat(seen).noneMatch(request -> request.target().startsWith("/tee/framework"));
    }

    @Test
    void explicitNullsAreAccepted() {
        answer("POST /tee/sessions", 200, SESSION.replace("}}", "},\"error\":null}"));
        answer("GET /tee/properties/SCONE/v5", 200, PROPERTIES.replace("\"entrypoint\":\"e\"", "\"entrypoint\":null"));
        assertThat(start()).isInstanceOf(StrictWorker.Start.Started.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"data\":null}",
                "{\"data\":{\"sessionId\":\"s\",\"secretProvisioningUrl\":\"h\",\"more\":1}}",
                "{\"data\":{\"sessionId\":\"s\",\"secretProvisioningUrl\":\"h\"},\"more\":1}",
                "no JSON"
            })
    void sessionThatItDoesNotUnderstandIsAnUnknownIssue(String body) {
        answer("POST /tee/sessions", 200, body);
        assertThat(start()).isEqualTo(new StrictWorker.Start.Failed("TEE_SESSION_GENERATION_UNKNOWN_ISSUE"));
    }

    @Test
    void codesAreReadButForThoseOf401() {
        String code = "POST_COMPUTE_GET_STORAGE_TOKENS_FAILED";
        for (int status : new int[] {403, 404, 409, 500, 503}) {
            answer("POST /tee/sessions", status, "{\"error\":\"" + code + "\"}");
            assertThat(start()).isEqualTo(new StrictWorker.Start.Failed("TEE_SESSION_GENERATION_" + code));
        }
        answer("POST /tee/sessions", 401, "{\"error\":\"INVALID_AUTHORIZATION\"}");
        assertThat(start()).isEqualTo(new StrictWorker.Start.Failed("TEE_SESSION_GENERATION_UNKNOWN_ISSUE"));
        answer("POST /tee/sessions", 500, "{\"error\":\"A_NEW_CODE\"}");
        assertThat(start()).isEqualTo(new StrictWorker.Start.Failed("TEE_SESSION_GENERATION_UNKNOWN_ISSUE"));
        answer("POST /tee/sessions", 500, "{\"error\":\"" + code + "\",\"detail\":\"x\"}");
        assertThat(start()).isEqualTo(new StrictWorker.Start.Failed("TEE_SESSION_GENERATION_UNKNOWN_ISSUE"));
    }

    @Test
    void unknownMembersOfAPipelineAreNotCaught() {
        for (String body : List.of(
                PROPERTIES.replace("\"lasImage\"", "\"more\":1,\"lasImage\""),
                PROPERTIES.replace("\"image\"", "\"more\":1,\"image\""),
                PROPERTIES.replace("SCONE", "SEV"))) {
            answer("GET /tee/properties/SCONE/v5", 200, body);
            assertThatThrownBy(this::start).isInstanceOf(StrictHttp.ClientFailure.class);
        }
        answer("GET /tee/properties/SCONE/v5", 404, "");
        assertThatThrownBy(this::start)
                .isInstanceOf(StrictHttp.ClientFailure.class)
                .hasMessageContaining("404");
    }

    @Test
    void workerOfGeneration8RefusesTheVersionAsUnknown() {
        assertThat(start(StrictSms.Generation.V8)).isInstanceOf(StrictWorker.Start.Started.class);
        answer("GET /tee/properties/SCONE", 200, PROPERTIES);
        assertThatThrownBy(() -> start(StrictSms.Generation.V8)).hasMessageContaining("teeFrameworkVersion");
    }

    @Test
    void pipelineOfGramineHasNoLasImage() {
        answer("GET /tee/framework", 200, "\"GRAMINE\"");
        answer("GET /tee/properties/GRAMINE/v5", 200, PROPERTIES.replace("SCONE", "GRAMINE"));
        StrictWorker gramine = new StrictWorker(StrictSms.Generation.V9, StrictSms.Framework.GRAMINE, Wallet.WORKER);
        assertThatThrownBy(() -> start(gramine)).hasMessageContaining("lasImage");
        answer(
                "GET /tee/properties/GRAMINE/v5",
                200,
                PROPERTIES.replace("SCONE", "GRAMINE").replace(",\"lasImage\":\"las\"", ""));
        assertThat(start(gramine)).isInstanceOf(StrictWorker.Start.Started.class);
    }

    @Test
    void tokenThatCannotBeStoredIsOnlyLogged() {
        answer("POST /secrets/web2", 401, "");
        StrictWorker worker = new StrictWorker(StrictSms.Generation.V9, StrictSms.Framework.SCONE, Wallet.WORKER);
        assertThat(start(worker)).isInstanceOf(StrictWorker.Start.Started.class);
        assertThat(worker.log()).singleElement().asString().contains("401");
    }

    @Test
    void schedulerSendsNoByteForAChallengeAndTakesNoneForAFailure() {
        StrictScheduler scheduler = new StrictScheduler(url, Wallet.WORKERPOOL_OWNER);
        assertThat(scheduler.initialize(StrictSms.Framework.SCONE, () -> TASK))
                .isEqualTo(new StrictScheduler.Initialization.Ready(TASK, CHALLENGE));
        assertThat(seen.getLast().length()).isZero();
        assertThat(seen.getLast().authorization()).as("length").contains("0");
        for (Scripted refused : List.of(new Scripted(200, ""), new Scripted(404, ""), new Scripted(401, "x"))) {
            answer("POST /tee/challenges/" + TASK, refused.status(), refused.body());
            assertThat(scheduler.initialize(StrictSms.Framework.SCONE, () -> TASK))
                    .isEqualTo(new StrictScheduler.Initialization.InitializeFailed());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"TDX\"", "\"SEV\"", "SCONE", "", "{\"framework\":\"SCONE\"}"})
    void schedulerInitialisesNothingWithAnSmsOfAnotherFramework(String answered) {
        answer("GET /tee/framework", 200, answered);
        StrictScheduler scheduler = new StrictScheduler(url, Wallet.WORKERPOOL_OWNER);
        assertThat(scheduler.initialize(StrictSms.Framework.SCONE, () -> {
                    throw new AssertionError("initialised on chain");
                }))
                .isEqualTo(new StrictScheduler.Initialization.InitializeFailed());
        assertThat(scheduler.log()).hasSize(1);
    }
}
