package io.attested.sms.bench.conformance.checks;

import static io.attested.sms.bench.conformance.Expected.contentType;
import static io.attested.sms.bench.conformance.Expected.defaultError;
import static io.attested.sms.bench.conformance.Expected.empty;
import static io.attested.sms.bench.conformance.Expected.headerList;
import static io.attested.sms.bench.conformance.Expected.status;
import static io.attested.sms.bench.conformance.Expected.told;

import io.attested.sms.bench.conformance.Check;
import io.attested.sms.bench.conformance.Content;
import io.attested.sms.bench.conformance.Request;
import io.attested.sms.bench.conformance.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** General rules of the wire, contract section 1.1. */
final class HttpChecks {
    private static final String SECTION = "1.1";
    private static final String[] ADD_ONLY = {"HEAD", "POST"};
    private static final String[] REPLACEABLE = {"HEAD", "POST", "PUT"};

    private HttpChecks() {}

    static Stream<Check> all() {
        return Stream.of(paths(), verbs(), contentTypes(), connections()).flatMap(List::stream);
    }

    private static Check.Draft check(String id, String statement) {
        return Check.of("http-" + id, SECTION, statement);
    }

    private static List<Check> paths() {
        return List.of(
                unknown("path-001", "GET of an unknown path", Request.get("/nothing-here")),
                unknown(
                        "path-002",
                        "POST to an unknown path",
                        Request.post("/nothing/here").text("value")),
                unknown("path-003", "GET of an unknown path below /secrets", Request.get("/secrets/web4")),
                unknown(
                        "path-004",
                        "POST to an unknown path below /secrets",
                        Request.post("/secrets/web4?a=b").text("v")),
                unknown("path-005", "GET of an unknown path below /apps", Request.get("/apps/0x0/secret")),
                unknown("path-006", "GET of the root", Request.get("/")),
                unknown(
                        "path-007",
                        "PUT to an unknown path",
                        Request.put("/nothing").text("value")),
                unknown("path-008", "DELETE of an unknown path", Request.delete("/nothing")),
                unknown(
                        "path-009",
                        "GET of an endpoint below a prefix",
                        Request.get("/sms/secrets/web3?secretAddress=0x0")),
                check("path-010", "All paths are at the root: HEAD /secrets/web3 is served there")
                        .expects(empty(404).or(empty(204)))
                        .plays(scene -> scene.send(
                                Request.head(Kind.web3Path(scene.nobody())).closing())),
                check("path-011", "Paths are case-sensitive: /Secrets/web3 is unknown")
                        .expects(status(404))
                        .plays(scene -> scene.send(Request.get("/Secrets/web3?secretAddress=" + scene.nobody()))));
    }

    private static Check unknown(String id, String statement, Request request) {
        return check(id, statement + " is a 404 with the default error object")
                .expects(defaultError(404, "Not Found"))
                .plays(scene -> scene.send(request));
    }

    private static List<Check> verbs() {
        List<Check> checks = new ArrayList<>();
        String web2 = "/secrets/web2?ownerAddress=0x" + "5a".repeat(20) + "&secretName=a";
        String web3 = "/secrets/web3?secretAddress=0x" + "5a".repeat(20);
        String app = Kind.appPath("0x" + "5a".repeat(20));
        String requester = Kind.requesterPath("0x" + "5a".repeat(20), "key");
        wrong(checks, "web2", web2, REPLACEABLE, "GET", "DELETE", "PATCH");
        wrong(checks, "web3", web3, ADD_ONLY, "GET", "DELETE", "PUT", "PATCH");
        wrong(checks, "app", app, ADD_ONLY, "GET", "DELETE", "PUT", "PATCH");
        wrong(checks, "requester", requester, ADD_ONLY, "GET", "DELETE", "PUT", "PATCH");
        return checks;
    }

    private static void wrong(List<Check> checks, String subject, String path, String[] allowed, String... methods) {
        for (int i = 0; i < methods.length; i++) {
            String method = methods[i];
            checks.add(check(
                            "verb-%s-%03d".formatted(subject, i + 1),
                            method + " " + path.split("\\?", 2)[0]
                                    + " is a 405 with Allow and the default error object")
                    .expects(defaultError(405, "Method Not Allowed").and(headerList("Allow", allowed)))
                    .plays(scene -> scene.send(Request.of(method, path))));
        }
    }

    private static List<Check> contentTypes() {
        return List.of(
                accepted(
                        "type-001",
                        "Content type text/plain;charset=UTF-8 does not change the value",
                        "text/plain;charset=UTF-8"),
                accepted(
                        "type-002",
                        "Content type application/octet-stream does not matter",
                        "application/octet-stream"),
                accepted(
                        "type-003",
                        "Content type application/json;charset=utf-8 does not matter",
                        "application/json;charset=utf-8"),
                check("type-004", "A body under application/json that is no JSON is accepted as it is")
                        .expects(empty(204))
                        .plays(scene -> {
                            Target target = Kind.WEB2.fresh(scene);
                            return scene.send(Request.post(target.path())
                                    .json("{not json")
                                    .signed(target.signature("{not json")));
                        }),
                check("accept-001", "Accept */* as the SDK sends it is answered like none")
                        .expects(empty(204))
                        .plays(scene ->
                                scene.send(Kind.WEB2.fresh(scene).push("value").header("Accept", "*/*"))),
                // Which of the two the original answers depends on the byte that the word moves to the place of v.
                check("scheme-001", "Authorization holds the bare signature: one after a scheme word does not count")
                        .expects(empty(401).or(defaultError(500, "Internal Server Error")))
                        .plays(scene -> {
                            Target target = Kind.WEB2.untouched(scene);
                            return scene.send(target.unsigned("value").signed("Bearer " + target.signature("value")));
                        }),
                check("envelope-001", "Errors of compute secrets are an object with the one member error")
                        .expects(Kind.error(401, "Invalid authorization"))
                        .plays(scene ->
                                scene.send(Kind.REQUESTERS.untouched(scene).pushBy(scene.actor(), "value"))),
                check("envelope-002", "JSON answers have content type application/json without a charset")
                        .expects(status(401).and(contentType("application/json")))
                        .plays(scene ->
                                scene.send(Kind.REQUESTERS.untouched(scene).pushBy(scene.actor(), "value"))),
                check("utf8-001", "A body that is not UTF-8 is a 401 under another value's signature, and no 500")
                        .expects(empty(401))
                        .orDeviation(Listed.NOT_UTF8, defaultError(400, "Bad Request"))
                        .plays(scene -> {
                            Target target = Kind.WEB2.untouched(scene);
                            return scene.send(Request.post(target.path())
                                    .header("Content-Type", "text/plain")
                                    .body(Content.of(new byte[] {(byte) 0xc3, 0x28, (byte) 0xff}))
                                    .signed(target.signature("value")));
                        }));
    }

    private static Check accepted(String id, String statement, String type) {
        return check(id, statement).expects(empty(204)).plays(scene -> {
            Target target = Kind.WEB2.fresh(scene);
            return scene.send(Request.post(target.path())
                    .header("Content-Type", type)
                    .body(Content.utf8("valué"))
                    .signed(target.signature("valué")));
        });
    }

    private static List<Check> connections() {
        return List.of(
                check("connection-001", "A connection serves several requests, refused ones too")
                        .expects(told("404, 401, 204"))
                        .plays(scene -> {
                            Target target = Kind.WEB2.fresh(scene);
                            return Seen.statuses(scene.service()
                                    .sendInARow(List.of(
                                            target.head(),
                                            target.pushBy(scene.actor(), "value"),
                                            target.push("value"))));
                        }),
                check("connection-002", "A body in chunks is a body like any other")
                        .expects(empty(204))
                        .plays(scene -> {
                            Target target = Kind.WEB2.fresh(scene);
                            return scene.send(Request.post(target.path())
                                    .header("Content-Type", "text/plain")
                                    .header("Transfer-Encoding", "chunked")
                                    .body(Content.utf8("3\r\nval\r\n2\r\nue\r\n0\r\n\r\n"))
                                    .signed(target.signature("value")));
                        }),
                check("connection-003", "Header names are read in any case")
                        .expects(empty(204))
                        .plays(scene -> {
                            Target target = Kind.WEB2.fresh(scene);
                            return scene.send(
                                    target.unsigned("value").header("aUTHORIZATION", target.signature("value")));
                        }),
                check("error-001", "The default error object has no message, and a timestamp in UTC written +00:00")
                        .expects(defaultError(400, "Bad Request"))
                        .plays(scene -> scene.send(Request.post("/secrets/web3"))),
                check("error-002", "The default error object's path has no query")
                        .expects(defaultError(400, "Bad Request"))
                        .plays(scene -> scene.send(Request.post("/secrets/web3?secretAddress=0x0&a=b"))),
                check("error-003", "HEAD of an unknown path is a 404 without a body")
                        .expects(empty(404))
                        .plays(scene -> scene.send(Request.head("/nothing-here").closing())));
    }
}
