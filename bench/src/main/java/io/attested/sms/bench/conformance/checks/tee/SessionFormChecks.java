package io.attested.sms.bench.conformance.checks.tee;

import static io.attested.sms.bench.conformance.checks.tee.TeeChecks.check;

import io.attested.sms.bench.conformance.Check;
import io.attested.sms.bench.conformance.Expected;
import io.attested.sms.bench.conformance.Request;
import io.attested.sms.bench.conformance.Scene;
import io.attested.sms.bench.conformance.Seen;
import io.attested.sms.bench.testbed.Framework;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What of a request for a session is looked at before anybody's signature. */
final class SessionFormChecks {
    private static final String SECTION = "1.4";
    private static final Expected UNREADABLE = Expected.defaultError(400, "Bad Request");
    private static final Expected OTHER_TYPE = Expected.defaultError(415, "Unsupported Media Type");

    private SessionFormChecks() {}

    static List<Check> all() {
        return List.of(
                typed("form-001", "A session asked for as text/plain is 415", Optional.of("text/plain"), OTHER_TYPE),
                typed(
                        "form-002",
                        "A session asked for as application/xml is 415",
                        Optional.of("application/xml"),
                        OTHER_TYPE),
                typed(
                        "form-003",
                        "A session asked for as a form is 415",
                        Optional.of("application/x-www-form-urlencoded"),
                        OTHER_TYPE),
                typed("form-004", "A session asked for without a content type is 415", Optional.empty(), OTHER_TYPE),
                typed(
                        "form-005",
                        "A charset in the content type does no harm",
                        Optional.of("application/json;charset=UTF-8"),
                        Expected.status(200)),
                typed(
                        "form-024",
                        "JSON under another name, application/vnd.worker+json, is no non-JSON content type",
                        Optional.of("application/vnd.worker+json"),
                        Expected.status(200)),
                body("form-006", "A body that ends in the middle is 400 with the default error object", "{"),
                body("form-007", "A body that is no JSON is 400 with the default error object", "chainTaskId"),
                body("form-008", "An array instead of an object is 400", "[]"),
                body("form-009", "A text instead of an object is 400", "\"authorization\""),
                body("form-010", "An empty body is 400", ""),
                body("form-011", "null is 400", "null"),
                body("form-012", "An object as task id is 400", "{\"chainTaskId\":{}}"),
                body("form-013", "An array as signature is 400", "{\"signature\":[1]}"),
                body("form-022", "A taskIndex that is no number is 400", "{\"taskIndex\":\"first\"}"),
                body("form-023", "An array as taskIndex is 400", "{\"taskIndex\":[0]}"),
                check(
                                "form-014",
                                SECTION,
                                "A session asked for without Authorization is 400 with the default error object")
                        .expects(UNREADABLE)
                        .plays(scene ->
                                send(scene, Request.post("/tee/sessions").json("{}"))),
                check("form-015", SECTION, "workerWallet missing crashes with 500")
                        .expects(Refused.CRASH)
                        .orDeviation(Listed.NO_WORKER, UNREADABLE)
                        .plays(scene ->
                                send(scene, usual(scene).without("workerWallet").request())),
                check("form-016", "1.1", "GET of /tee/sessions is 405 and names POST in Allow")
                        .expects(
                                Expected.defaultError(405, "Method Not Allowed").and(Allow.names("POST")))
                        .plays(scene -> send(scene, Request.get("/tee/sessions"))),
                check("form-017", "1.1", "A preflight of /tee/sessions gets 403 and the text Invalid CORS request")
                        .expects(Expected.status(403).and(Expected.body("Invalid CORS request")))
                        .plays(scene -> send(scene, Request.preflight("/tee/sessions", "https://market.test", "POST"))),
                ignored("form-018", "Unknown members are ignored", "colour", List.of(1, Map.of("a", 2))),
                ignored(
                        "form-019",
                        "dealId is only logged: another deal's is ignored",
                        "dealId",
                        "0x" + "ab".repeat(32)),
                ignored("form-020", "taskIndex is only logged: another index is ignored", "taskIndex", 7),
                check("form-021", SECTION, "Unknown members inside signature are ignored")
                        .expects(Expected.status(200))
                        .plays(scene -> {
                            SessionAsk ask = usual(scene);
                            return send(
                                    scene,
                                    ask.with("signature", Map.of("value", ask.poolSignature(), "r", "0x12"))
                                            .request());
                        }));
    }

    private static Check typed(String id, String statement, Optional<String> type, Expected expected) {
        return check(id, SECTION, statement)
                .expects(expected)
                .plays(scene -> send(scene, usual(scene).typed(type)));
    }

    private static Check body(String id, String statement, String body) {
        return check(id, SECTION, statement)
                .expects(UNREADABLE)
                .plays(scene -> send(scene, usual(scene).body(body)));
    }

    private static Check ignored(String id, String statement, String member, Object value) {
        return check(id, SECTION, statement)
                .expects(Expected.status(200))
                .plays(scene -> send(scene, usual(scene).with(member, value).request()));
    }

    private static SessionAsk usual(Scene scene) {
        return SessionAsk.of(scene, Furnished.task(scene, "scone-plain"));
    }

    private static Seen send(Scene scene, Request request) {
        return scene.at(Framework.SCONE).send(request);
    }
}
