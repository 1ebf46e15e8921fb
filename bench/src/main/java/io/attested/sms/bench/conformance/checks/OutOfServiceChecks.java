package io.attested.sms.bench.conformance.checks;

import static io.attested.sms.bench.conformance.Expected.body;
import static io.attested.sms.bench.conformance.Expected.contentType;
import static io.attested.sms.bench.conformance.Expected.defaultError;
import static io.attested.sms.bench.conformance.Expected.empty;
import static io.attested.sms.bench.conformance.Expected.status;
import static io.attested.sms.bench.conformance.Expected.told;

import io.attested.sms.bench.conformance.Check;
import io.attested.sms.bench.conformance.Expected;
import io.attested.sms.bench.conformance.Need;
import io.attested.sms.bench.conformance.OutOfService;
import io.attested.sms.bench.conformance.Request;
import io.attested.sms.bench.conformance.Script;
import io.attested.sms.bench.conformance.Seen;
import java.util.List;
import java.util.stream.Stream;

/**
 * A service that its out-of-service switch keeps closed, contract section 1.6: the original is in that state from its start on.
 * The last check brings it back, with a restore.
 */
final class OutOfServiceChecks {
    private static final String SOMEONE = "0x" + "5a".repeat(20);
    private static final String TASK = "0x" + "5b".repeat(32);
    private static final Expected CLOSED = status(503).and(body(OutOfService.TEXT));

    private OutOfServiceChecks() {}

    static Stream<Check> all() {
        return Stream.of(closed(), open(), back()).flatMap(List::stream);
    }

    private static Check check(String id, String statement, Expected expected, Script script) {
        return Check.of("offline-" + id, "1.6", statement)
                .needs(Need.OUT_OF_SERVICE)
                .expects(expected)
                .plays(script);
    }

    private static Check refused(String id, String what, Request request) {
        return check(id, what + " is a 503 with its text", CLOSED, scene -> scene.send(request));
    }

    private static Check refusedHead(String id, String what, String path) {
        return check(
                id,
                "HEAD of " + what + " is a 503",
                empty(503),
                scene -> scene.send(Request.head(path).closing()));
    }

    private static List<Check> closed() {
        return List.of(
                refused("tee-001", "GET /tee/framework", Request.get("/tee/framework")),
                refused("tee-002", "GET /tee/properties", Request.get("/tee/properties/SCONE")),
                refused("tee-003", "A challenge", Request.post("/tee/challenges/" + TASK)),
                refused("tee-004", "A session", Request.post("/tee/sessions").json("{}")),
                refused("tee-005", "A path below /tee that nobody serves", Request.get("/tee/nothing-here")),
                refusedHead("secrets-001", "/secrets/web3", Kind.web3Path(SOMEONE)),
                refusedHead("secrets-002", "/secrets/web2", Kind.web2Path(SOMEONE, "a")),
                refused("secrets-003", "POST /secrets/web3", Request.post(Kind.web3Path(SOMEONE))),
                check(
                        "secrets-004",
                        "POST /secrets/web2, signed, is a 503 with its text",
                        CLOSED,
                        scene -> scene.send(Kind.WEB2.untouched(scene).push("value"))),
                check(
                        "secrets-005",
                        "PUT /secrets/web2, signed, is a 503 with its text",
                        CLOSED,
                        scene -> scene.send(Kind.WEB2.untouched(scene).put("value"))),
                refusedHead("compute-001", "/apps", Kind.appPath(SOMEONE)),
                refused("compute-002", "POST /apps", Request.post(Kind.appPath(SOMEONE))),
                refusedHead("compute-003", "/requesters", Kind.requesterPath(SOMEONE, "key")),
                check(
                        "compute-004",
                        "POST /requesters, signed, is a 503 with its text",
                        CLOSED,
                        scene -> scene.send(Kind.REQUESTERS.untouched(scene).push("value"))));
    }

    private static List<Check> open() {
        return List.of(
                check(
                        "open-001",
                        "GET /version is answered all the same",
                        status(200).and(contentType("text/plain;charset=UTF-8")),
                        scene -> scene.send(Request.get("/version"))),
                check(
                        "open-002",
                        "GET /metrics is answered all the same",
                        status(200).and(contentType("application/json")),
                        scene -> scene.send(Request.get("/metrics"))),
                check(
                        "open-003",
                        "GET /actuator/health is answered all the same",
                        status(200).and(contentType("application/vnd.spring-boot.actuator.v3+json")),
                        scene -> scene.send(Request.get("/actuator/health"))),
                check(
                        "open-004",
                        "An unknown path is a 404 with the default error object all the same",
                        defaultError(404, "Not Found"),
                        scene -> scene.send(Request.get("/nothing-here"))),
                check(
                        "open-005",
                        "/admin without its key is a 401 with its text all the same",
                        status(401).and(body("You are not authorized to access this endpoint.")),
                        scene -> scene.send(Request.post("/admin/backup"))),
                check("open-006", "A backup is a 201 all the same", empty(201), AdminChecks::backup));
    }

    private static List<Check> back() {
        return List.of(check(
                "back-001",
                "A restore ends it: a push is a 503, after the restore its secret is not there, and the push is a 204",
                told("503, 404, 204"),
                scene -> {
                    Target target = Kind.WEB2.fresh(scene);
                    Seen refused = scene.send(target.push("value"));
                    scene.given(RestoreChecks.restore(scene, AdminChecks.replicated(scene)), empty(200));
                    return Seen.statuses(List.of(refused, scene.send(target.head()), scene.send(target.push("value"))));
                }));
    }
}
