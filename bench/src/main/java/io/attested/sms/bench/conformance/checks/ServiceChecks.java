package io.attested.sms.bench.conformance.checks;

import static io.attested.sms.bench.conformance.Expected.answer;
import static io.attested.sms.bench.conformance.Expected.contentType;
import static io.attested.sms.bench.conformance.Expected.defaultError;
import static io.attested.sms.bench.conformance.Expected.empty;
import static io.attested.sms.bench.conformance.Expected.jsonBody;
import static io.attested.sms.bench.conformance.Expected.parsed;
import static io.attested.sms.bench.conformance.Expected.status;
import static io.attested.sms.bench.conformance.Expected.told;

import io.attested.sms.bench.conformance.Check;
import io.attested.sms.bench.conformance.Expected;
import io.attested.sms.bench.conformance.Request;
import io.attested.sms.bench.conformance.Scene;
import io.attested.sms.bench.conformance.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Version, metrics, health and the description of the API, contract section 1.5. */
final class ServiceChecks {
    private static final String SECTION = "1.5";
    private static final Set<String> NAMES =
            Set.of("web2", "web3", "compute", "TEE challenges", "Ethereum Credentials");
    private static final Set<String> MEMBERS =
            Set.of("secretsType", "initialCount", "storedCount", "addedSinceStartCount", "cachedSecretsCount");

    private ServiceChecks() {}

    static Stream<Check> all() {
        return Stream.of(version(), metrics(), health(), description()).flatMap(List::stream);
    }

    private static Check.Draft check(String id, String statement) {
        return Check.of("service-" + id, SECTION, statement);
    }

    private static List<Check> version() {
        return List.of(
                check("version-001", "GET /version is answered 200 under text/plain;charset=UTF-8")
                        .expects(status(200).and(contentType("text/plain;charset=UTF-8")))
                        .plays(scene -> scene.send(Request.get("/version"))),
                check("version-002", "The body of /version is the version alone: no quotes, no blanks, no line break")
                        .expects(answer(
                                "a bare version", answer -> answer.body().matches("[0-9A-Za-z][0-9A-Za-z.+_-]{0,63}")))
                        .plays(scene -> scene.send(Request.get("/version"))),
                check("version-003", "POST /version is a 405 with the default error object")
                        .expects(defaultError(405, "Method Not Allowed"))
                        .plays(scene -> scene.send(Request.post("/version").text("value"))));
    }

    private static List<Check> metrics() {
        List<Check> checks = new ArrayList<>();
        checks.add(check("metrics-001", "GET /metrics is answered 200 under application/json")
                .expects(status(200).and(contentType("application/json")))
                .plays(scene -> scene.send(Request.get("/metrics"))));
        checks.add(check("metrics-002", "The body of /metrics has the one member secretsMetrics")
                .expects(status(200)
                        .and(jsonBody(
                                "only secretsMetrics",
                                body -> Set.copyOf(body.propertyNames()).equals(Set.of("secretsMetrics")))))
                .plays(scene -> scene.send(Request.get("/metrics"))));
        checks.add(check("metrics-003", "secretsMetrics has the five names of stores and no other")
                .expects(jsonBody(
                        "the five names",
                        body -> NAMES.equals(
                                Set.copyOf(body.path("secretsMetrics").propertyNames()))))
                .plays(scene -> scene.send(Request.get("/metrics"))));
        checks.add(check("metrics-004", "Each store has the five members and no other")
                .expects(stores("the five members each", store -> MEMBERS.equals(Set.copyOf(store.propertyNames()))))
                .plays(scene -> scene.send(Request.get("/metrics"))));
        checks.add(check("metrics-005", "Counts are whole numbers of at least -1")
                .expects(stores("whole numbers", ServiceChecks::counts))
                .plays(scene -> scene.send(Request.get("/metrics"))));
        checks.add(check("metrics-006", "secretsType is text")
                .expects(stores("text", store -> store.path("secretsType").isString()))
                .plays(scene -> scene.send(Request.get("/metrics"))));
        checks.add(check("metrics-007", "A push is counted: addedSinceStartCount of web2 grows with it")
                .expects(told("it grew"))
                .plays(scene -> {
                    long before = addedToWeb2(scene);
                    scene.given(Kind.WEB2.fresh(scene).push("value"), empty(204));
                    long after = addedToWeb2(scene);
                    return new Seen.Told(after > before ? "it grew" : "it was " + before + " and is " + after);
                }));
        return checks;
    }

    private static long addedToWeb2(Scene scene) {
        return parsed(scene.given(Request.get("/metrics"), status(200)))
                .map(body -> body.path("secretsMetrics")
                        .path("web2")
                        .path("addedSinceStartCount")
                        .asLong(-1))
                .orElse(-1L);
    }

    /** Of each store, and there are some. */
    private static Expected stores(String words, Predicate<JsonNode> holds) {
        return jsonBody(words, body -> {
            JsonNode stores = body.path("secretsMetrics");
            return !stores.isEmpty()
                    && stores.properties().stream().map(Map.Entry::getValue).allMatch(holds);
        });
    }

    private static boolean counts(JsonNode store) {
        return MEMBERS.stream()
                .filter(member -> member.endsWith("Count"))
                .map(store::path)
                .allMatch(count -> count.isIntegralNumber() && count.longValue() >= -1);
    }

    private static List<Check> health() {
        return List.of(
                check("health-001", "GET /actuator/health is answered 200 with the status UP and nothing else")
                        .expects(status(200)
                                .and(jsonBody(
                                        "{\"status\":\"UP\"}",
                                        body -> body.path("status").asString("").equals("UP") && body.size() == 1)))
                        .plays(scene -> scene.send(Request.get("/actuator/health"))),
                check("health-002", "Its content type is that of Spring's third actuator format")
                        .expects(contentType("application/vnd.spring-boot.actuator.v3+json"))
                        .plays(scene -> scene.send(Request.get("/actuator/health"))),
                check("health-003", "GET /actuator/prometheus is a 404 where the operator does not expose it")
                        .expects(status(404))
                        .orDeviation(Listed.PROMETHEUS, status(200).and(page("text/plain")))
                        .plays(scene -> scene.send(Request.get("/actuator/prometheus"))),
                absent("health-004", "GET /actuator/env is a 404: only health is exposed", "/actuator/env"),
                absent("health-005", "GET /actuator/heapdump is a 404: only health is exposed", "/actuator/heapdump"),
                absent("up-001", "GET /up was removed: a 404 with the default error object", "/up"),
                absent("h2-001", "/h2-console is a 404 where the operator does not enable it", "/h2-console"));
    }

    private static Check absent(String id, String statement, String path) {
        return check(id, statement)
                .expects(defaultError(404, "Not Found"))
                .plays(scene -> scene.send(Request.get(path)));
    }

    private static Expected page(String type) {
        return answer(
                "of type " + type,
                answer -> answer.header("Content-Type")
                        .filter(sent -> sent.startsWith(type))
                        .isPresent());
    }

    private static List<Check> description() {
        return List.of(
                check("openapi-001", "GET /v3/api-docs is answered 200 with a JSON document, without authorization")
                        .expects(status(200).and(contentType("application/json")))
                        .plays(scene -> scene.send(Request.get("/v3/api-docs"))),
                check("openapi-002", "The document is of OpenAPI 3.1")
                        .expects(jsonBody(
                                "openapi 3.1",
                                body -> body.path("openapi").asString("").startsWith("3.1.")))
                        .plays(scene -> scene.send(Request.get("/v3/api-docs"))),
                check("openapi-003", "The document's title is iExec SMS")
                        .expects(jsonBody(
                                "title iExec SMS",
                                body -> body.path("info")
                                        .path("title")
                                        .asString("")
                                        .equals("iExec SMS")))
                        .plays(scene -> scene.send(Request.get("/v3/api-docs"))),
                check("openapi-004", "The document lists the endpoints of secrets")
                        .expects(jsonBody(
                                "the paths of secrets",
                                body -> Set.copyOf(body.path("paths").propertyNames())
                                        .containsAll(Set.of("/secrets/web2", "/secrets/web3"))))
                        .plays(scene -> scene.send(Request.get("/v3/api-docs"))),
                check("openapi-005", "GET /swagger-ui/index.html is answered 200 with a page")
                        .expects(status(200).and(page("text/html")))
                        .plays(scene -> scene.send(Request.get("/swagger-ui/index.html"))));
    }
}
