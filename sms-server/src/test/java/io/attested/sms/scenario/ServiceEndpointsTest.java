package io.attested.sms.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.contracts.testbed.Wallet;
import io.attested.sms.iexec.SecretTotals;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is neither a secret nor a session: the iExec contract's sections 1.1, 1.4, 1.5 and 1.7, as bytes. */
class ServiceEndpointsTest {
    private static final String STAGE = """
            {"image":"%s","fingerprint":"%s","entrypoint":"java -jar /app/app.jar","heapSizeInBytes":6442450944}""";
    private static final String NEW = pipeline("SCONE", "v5.9", "a");
    private static final String OLD = pipeline("SCONE", "v5", "b");
    private static final String TDX = pipeline("TDX", "v0.1", "c");
    private static final String ADDRESS = "0x" + "bb".repeat(20);

    @TempDir
    private static Path folder;

    private static ServedChain served;
    private static URI scone;
    private static URI tdx;

    @BeforeAll
    static void start() throws IOException {
        Path measurements = Files.writeString(
                folder.resolve("measurements.json"),
                "{\"format\":\"sms-measurements/1\",\"tdxBaseImages\":[],\"pipelines\":[" + NEW + "," + OLD + "," + TDX
                        + "]}");
        served = ServedChain.start(folder, Map.of("sms.measurements.file", measurements.toString()));
        scone = served.server().scone();
        tdx = served.server().tdx();
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    private static String pipeline(String framework, String version, String digit) {
        String stage = STAGE.formatted("image-" + digit, digit.repeat(64));
        return "{\"framework\":\"" + framework + "\",\"version\":\"" + version + "\",\"preCompute\":" + stage
                + ",\"postCompute\":" + stage + (framework.equals("SCONE") ? ",\"lasImage\":\"las-" + digit + "\"" : "")
                + "}";
    }

    private static HttpResponse<String> get(URI base, String path) {
        return served.server().get(base.resolve(path));
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    // ---- properties

    @ParameterizedTest
    @ValueSource(strings = {"SCONE", "scone", "sCoNe"})
    void propertiesAreThoseOfTheVersionInWhateverCase(String framework) {
        HttpResponse<String> answer = get(scone, "/tee/properties/" + framework + "/v5");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        String stage = STAGE.formatted("image-b", "b".repeat(64));
        assertThat(json(answer.body()))
                .isEqualTo(json("{\"teeFramework\":\"SCONE\",\"teeFrameworkVersion\":\"v5\",\"preComputeProperties\":"
                        + stage + ",\"postComputeProperties\":" + stage + ",\"lasImage\":\"las-b\"}"));
    }

    @Test
    void propertiesWithoutVersionAreTheFirstAndNameNoVersion() {
        JsonNode properties = json(get(scone, "/tee/properties/scone").body());
        assertThat(properties.propertyNames())
                .containsExactlyInAnyOrder("teeFramework", "preComputeProperties", "postComputeProperties", "lasImage");
        assertThat(properties.path("lasImage").asString()).isEqualTo("las-a");
        assertThat(properties
                        .path("preComputeProperties")
                        .path("heapSizeInBytes")
                        .isIntegralNumber())
                .isTrue();
    }

    @Test
    void propertiesOfTrustDomainsHaveNoLasImage() {
        assertThat(json(get(tdx, "/tee/properties/tdx/v0.1").body()).propertyNames())
                .containsExactlyInAnyOrder(
                        "teeFramework", "teeFrameworkVersion", "preComputeProperties", "postComputeProperties");
    }

    /** The version is looked at before the framework, the name of the framework before both. */
    @ParameterizedTest
    @CsvSource({
        "scone, /tee/properties/scone/v6, 404",
        "scone, /tee/properties/tdx/v6, 404",
        "scone, /tee/properties/tdx/v0.1, 404",
        "scone, /tee/properties/tdx/v5, 409",
        "scone, /tee/properties/gramine/v5.9, 409",
        "scone, /tee/properties/tdx, 409",
        "scone, /tee/properties/SCONE/V5, 404",
        "tdx, /tee/properties/scone/v5, 404",
        "tdx, /tee/properties/scone/v0.1, 409",
        "native, /tee/properties/scone/v5, 404",
        "native, /tee/properties/scone, 404"
    })
    void propertiesThatAreNotServedAreAnEmptyAnswer(String port, String path, int status) {
        URI base = switch (port) {
            case "scone" -> scone;
            case "tdx" -> tdx;
            default -> served.server().nativeApi();
        };
        HttpResponse<String> answer = get(base, path);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/tee/properties/sev", "/tee/properties/sev/v5", "/tee/properties/sev/v6"})
    void frameworkNobodyKnowsIsADefaultError(String path) {
        HttpResponse<String> answer = get(scone, path);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer.body()).propertyNames()).containsExactly("timestamp", "status", "error", "path");
    }

    // ---- version, metrics, actuator

    @Test
    void versionIsTheBuildsAsPlainText() {
        HttpResponse<String> answer = get(scone, "/version");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("text/plain;charset=UTF-8");
        assertThat(answer.body()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    }

    @Test
    void metricsCountWhatIsStoredAndWhatWasAdded() {
        SecretTotals totals = served.server().bean(SecretTotals.class);
        totals.refresh();
        Map<String, Long> before = stored();
        Wallet owner = Wallet.random(new SecureRandom());
        push(Pushes.requesterPush(scone, owner, "one", "v"));
        push(Pushes.requesterPush(scone, owner, "two", "v"));
        push(Pushes.accountPush(scone, owner, "three", "v"));
        // Added counts at once, stored at the next refresh.
        assertThat(stored()).isEqualTo(before);
        long added = metrics().path("compute").path("addedSinceStartCount").asLong();
        totals.refresh();
        assertThat(stored())
                .containsEntry("compute", before.getOrDefault("compute", 0L) + 2)
                .containsEntry("web2", before.getOrDefault("web2", 0L) + 1)
                .containsEntry("web3", before.getOrDefault("web3", 0L))
                .containsEntry("TEE challenges", 0L)
                .containsEntry("Ethereum Credentials", 0L);
        push(Pushes.requesterPush(scone, owner, "four", "v"));
        assertThat(metrics().path("compute").path("addedSinceStartCount").asLong())
                .isEqualTo(added + 1);
    }

    @Test
    void metricsHaveTheContractsMembersAndNoOthers() {
        HttpResponse<String> answer = get(scone, "/metrics");
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        assertThat(json(answer.body()).propertyNames()).containsExactly("secretsMetrics");
        assertThat(metrics().propertyNames())
                .containsExactlyInAnyOrder("web2", "web3", "compute", "TEE challenges", "Ethereum Credentials");
        for (var metric : metrics().properties()) {
            assertThat(metric.getValue().propertyNames())
                    .containsExactlyInAnyOrder(
                            "secretsType", "initialCount", "storedCount", "addedSinceStartCount", "cachedSecretsCount");
            assertThat(metric.getValue().path("secretsType").asString()).isEqualTo(metric.getKey());
        }
    }

    private static void push(HttpRequest.Builder request) {
        assertThat(served.server().send(request).statusCode()).isEqualTo(204);
    }

    private static JsonNode metrics() {
        return json(get(scone, "/metrics").body()).path("secretsMetrics");
    }

    private static Map<String, Long> stored() {
        return metrics().properties().stream()
                .collect(java.util.stream.Collectors.toMap(
                        Map.Entry::getKey,
                        metric -> metric.getValue().path("storedCount").asLong()));
    }

    @Test
    void healthIsOneWord() {
        HttpResponse<String> answer = get(scone, "/actuator/health");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type"))
                .contains("application/vnd.spring-boot.actuator.v3+json");
        assertThat(answer.body()).isEqualTo("{\"status\":\"UP\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/up", "/actuator/prometheus", "/h2-console", "/cas/url", "/nothing"})
    void whatTheContractDoesNotServeIsADefaultError(String path) {
        HttpResponse<String> answer = get(scone, path);
        assertThat(answer.statusCode()).isEqualTo(404);
        JsonNode error = json(answer.body());
        assertThat(error.propertyNames()).containsExactly("timestamp", "status", "error", "path");
        assertThat(error.path("path").asString()).isEqualTo(path);
    }

    @Test
    void metricsForTheOperatorAreOnTheServersPort() {
        assertThat(get(served.server().nativeApi(), "/actuator/prometheus").statusCode())
                .isEqualTo(200);
        assertThat(get(tdx, "/actuator/prometheus").statusCode()).isEqualTo(404);
    }

    // ---- the form with an index

    @Test
    void appSecretIsPushedAndFoundByIndexOneToo() {
        String app = served.story().createApp("");
        URI plain = Pushes.app(scone, app);
        URI one = scone.resolve("/apps/" + app + "/secrets/1");
        assertThat(head(one)).isEqualTo(404);
        byte[] value = Pushes.utf8("value");
        String signature = Pushes.signNamed(Wallet.APP_DEVELOPER, app, "1", value);
        push(Pushes.post(one, signature, value));
        assertThat(head(one)).isEqualTo(204);
        assertThat(head(plain)).isEqualTo(204);
        HttpResponse<String> again = served.server().send(Pushes.post(one, signature, value));
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).isEqualTo("{\"error\":[\"Secret already exists\"]}");
        assertThat(head(scone.resolve("/apps/" + app + "/secrets/2"))).isEqualTo(404);
        for (String index : List.of("0", "-1", "one", "1.0", "")) {
            assertThat(head(scone.resolve("/apps/" + app + "/secrets/" + index)))
                    .as(index)
                    .isEqualTo(index.isEmpty() ? 404 : 400);
        }
    }

    private static int head(URI uri) {
        return served.server().send(Pushes.head(uri)).statusCode();
    }

    // ---- one push, one kind

    @Test
    void pushRecordedForOneKindIsNotTakenForAnother() {
        Wallet owner = Wallet.random(new SecureRandom());
        byte[] value = Pushes.utf8("value");
        String signature = Pushes.signNamed(owner, owner.address(), "name", value);
        push(Pushes.accountPush(scone, owner, "name", "value"));
        HttpResponse<String> replayed =
                served.server().send(Pushes.post(Pushes.requester(scone, owner.address(), "name"), signature, value));
        assertThat(replayed.statusCode()).isEqualTo(401);
        assertThat(replayed.body()).isEqualTo("{\"error\":[\"Invalid authorization\"]}");
        assertThat(head(Pushes.requester(scone, owner.address(), "name"))).isEqualTo(404);
        // Another value, or another name, is another push.
        push(Pushes.requesterPush(scone, owner, "name", "another value"));
        push(Pushes.requesterPush(scone, owner, "another-name", "value"));
        assertThat(served.server()
                        .send(Pushes.put(
                                Pushes.account(scone, owner.address(), "name"),
                                Pushes.signNamed(owner, owner.address(), "name", Pushes.utf8("another value")),
                                Pushes.utf8("another value")))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void signatureOfADatasetsKeyFitsNothingElse() {
        String dataset = served.story().createDataset("/ipfs/QmTest", new byte[32]);
        byte[] value = Pushes.utf8("value");
        String ofKey = Pushes.signDataset(Wallet.DATASET_OWNER, dataset, value);
        assertThat(served.server()
                        .send(Pushes.post(Pushes.app(scone, dataset), ofKey, value))
                        .statusCode())
                .isEqualTo(401);
        String ofApp = Pushes.signNamed(Wallet.DATASET_OWNER, dataset, "1", value);
        assertThat(served.server()
                        .send(Pushes.post(Pushes.dataset(scone, dataset), ofApp, value))
                        .statusCode())
                .isEqualTo(401);
    }

    // ---- other origins, other methods

    private static RawHttp.Answer preflight(String path, String method) {
        return RawHttp.exchange(
                scone,
                "OPTIONS " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nOrigin: https://page.example\r\n"
                        + "Access-Control-Request-Method: " + method
                        + "\r\nAccess-Control-Request-Headers: authorization, content-type\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "/secrets/web3, POST",
        "/secrets/web3, HEAD",
        "/secrets/web2, PUT",
        "/apps/0x12/secrets, POST",
        "/apps/0x12/secrets/1, POST",
        "/requesters/0x12/secrets/key, HEAD"
    })
    void pagesOfOtherOriginsMayCallTheSecrets(String path, String method) {
        RawHttp.Answer answer = preflight(path, method);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.head().lines())
                .contains(
                        "Access-Control-Allow-Origin: *",
                        "Access-Control-Allow-Methods: " + method,
                        "Access-Control-Allow-Headers: authorization, content-type",
                        "Access-Control-Max-Age: 1800",
                        "Vary: Origin",
                        "Vary: Access-Control-Request-Method",
                        "Vary: Access-Control-Request-Headers");
        assertThat(answer.head()).doesNotContain("Allow-Credentials");
    }

    @ParameterizedTest
    @CsvSource({
        "/secrets/web3, PUT",
        "/secrets/web2, DELETE",
        "/requesters/0x12/secrets/key, PUT",
        "/tee/framework, GET",
        "/tee/sessions, POST",
        "/tee/properties/scone, GET",
        "/version, GET",
        "/metrics, GET",
        "/v3/api-docs, GET",
        "/actuator/health, GET",
        "/tee/nothing-here, POST",
        "/nothing-here, GET"
    })
    void pagesOfOtherOriginsMayCallNothingElse(String path, String method) {
        RawHttp.Answer answer = preflight(path, method);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).isEqualTo("Invalid CORS request");
        assertThat(answer.head())
                .doesNotContain("Access-Control-Allow", "Access-Control-Max")
                .doesNotContain("Content-Type");
        assertThat(answer.head().lines())
                .contains(
                        "Vary: Origin", "Vary: Access-Control-Request-Method", "Vary: Access-Control-Request-Headers");
    }

    /** Spring breaks off over them wherever it looks at headers: in unknown paths, for pages of other origins. */
    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/*", "text/*;q=1", "application/*+json"})
    void contentTypeThatNamesSeveralIsNoFault(String type) {
        assertThat(typed(type, "GET", "/nothing-here", "")).isEqualTo(404);
        assertThat(typed(type, "GET", "/actuator/health", "")).isEqualTo(200);
        assertThat(typed(type, "HEAD", "/secrets/web3?secretAddress=" + ADDRESS, "Origin: https://page.example\r\n"))
                .isEqualTo(404);
        assertThat(typed(
                        type,
                        "OPTIONS",
                        "/secrets/web3",
                        "Origin: https://page.example\r\nAccess-Control-Request-Method: POST\r\n"))
                .isEqualTo(200);
        assertThat(typed(type, "GET", "/v1/nothing-here", "")).isEqualTo(404);
    }

    private static int typed(String type, String method, String path, String headers) {
        return RawHttp.exchange(
                        scone,
                        method + " " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: " + type
                                + "\r\n" + headers + "\r\n")
                .status();
    }

    @Test
    void preflightOfAnUnknownNativePathIsAProblem() {
        RawHttp.Answer answer = preflight("/v1/nothing-here", "GET");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(json(answer.body()).path("code").asString()).isEqualTo("input.not-found");
    }

    @Test
    void answersToOtherOriginsSaySo() {
        RawHttp.Answer answer = RawHttp.exchange(
                scone,
                "HEAD /secrets/web3?secretAddress=" + ADDRESS
                        + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nOrigin: https://page.example\r\n\r\n");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.head().lines()).contains("Access-Control-Allow-Origin: *", "Vary: Origin");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | /secrets/web3             | HEAD, POST",
                "DELETE | /secrets/web2             | HEAD, POST, PUT",
                "GET    | /apps/0x12/secrets        | HEAD, POST",
                "PUT    | /requesters/0x12/secrets/k| HEAD, POST",
                "GET    | /tee/sessions             | POST",
                "DELETE | /tee/framework            | GET",
                "POST   | /version                  | GET"
            })
    void anotherMethodIsADefaultErrorThatNamesThoseThereAre(String method, String path, String allowed) {
        HttpResponse<String> answer = served.server()
                .send(HttpRequest.newBuilder(scone.resolve(path)).method(method, HttpRequest.BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("allow")).contains(allowed);
        JsonNode error = json(answer.body());
        assertThat(error.propertyNames()).containsExactly("timestamp", "status", "error", "path");
        assertThat(error.path("error").asString()).isEqualTo("Method Not Allowed");
    }
}
