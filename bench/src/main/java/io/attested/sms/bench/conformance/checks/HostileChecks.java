package io.attested.sms.bench.conformance.checks;

import static io.attested.sms.bench.conformance.Expected.clientError;
import static io.attested.sms.bench.conformance.Expected.defaultError;
import static io.attested.sms.bench.conformance.Expected.empty;
import static io.attested.sms.bench.conformance.Expected.status;

import io.attested.sms.bench.conformance.Check;
import io.attested.sms.bench.conformance.Content;
import io.attested.sms.bench.conformance.Expected;
import io.attested.sms.bench.conformance.Request;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Requests no client sends: a 4xx, never a 500, never a secret stored, never a wait without end; contract section 1. */
final class HostileChecks {
    private static final String SECTION = "1.1";
    private static final String OWNER = "0x" + "5a".repeat(20);

    private HostileChecks() {}

    static Stream<Check> all() {
        return Stream.of(paths(), headers(), bodies(), after()).flatMap(List::stream);
    }

    private static Check.Draft check(String id, String statement) {
        return Check.of("hostile-" + id, SECTION, statement);
    }

    private static Check refused(String id, String what, Request request) {
        return check(id, what + ": a 4xx, never a 500")
                .expects(clientError())
                .plays(scene -> scene.send(request.closing()));
    }

    private static List<Check> paths() {
        return List.of(
                refused("path-001", "A path that climbs above the root", Request.get("/secrets/../../etc/passwd")),
                refused("path-002", "A path that climbs in escapes", Request.get("/secrets/%2e%2e/%2e%2e/etc/passwd")),
                refused("path-003", "A path with an escaped slash", push("/apps%2f" + OWNER + "/secrets")),
                refused("path-004", "A path with a broken escape", push("/apps/%zz/secrets")),
                refused("path-005", "A path with an escaped NUL", push("/apps/%00/secrets")),
                refused("path-006", "A path with a path parameter", push("/apps;a=b/" + OWNER + ";c=d/secrets")),
                refused("path-007", "A path with backslashes", push("/secrets\\web3?secretAddress=" + OWNER)),
                refused("path-008", "A path with a doubled slash", push("//secrets//web3?secretAddress=" + OWNER)),
                refused("path-009", "A path of 7000 letters", Request.get("/" + "x".repeat(7000))),
                refused("query-001", "A query with a broken escape", push("/secrets/web3?secretAddress=%zz")),
                refused("query-002", "A query that is not UTF-8", push("/secrets/web3?secretAddress=%c3%28")),
                refused("query-003", "A query with an escaped NUL", push("/secrets/web3?secretAddress=%00")),
                refused(
                        "query-004",
                        "A query with an escaped line break",
                        push("/secrets/web3?secretAddress=" + OWNER + "%0d%0aX-A:%20b")),
                refused(
                        "query-005",
                        "A query of a thousand parameters",
                        push("/secrets/web3?" + "a=b&".repeat(1000) + "secretAddress=" + OWNER)));
    }

    private static Request push(String target) {
        return Request.post(target).text("value").signed("0x" + "1b".repeat(65));
    }

    private static List<Check> headers() {
        return List.of(
                refused(
                        "header-001",
                        "A header of 60 KB",
                        push("/secrets/web3?secretAddress=" + OWNER).header("X-A", "x".repeat(60_000))),
                raw(
                        "header-002",
                        "A thousand headers",
                        "POST /secrets/web3?secretAddress=" + OWNER + " HTTP/1.1\r\n"
                                + "Host: localhost\r\nContent-Length: 0\r\n" + "X-A: b\r\n".repeat(1000) + "\r\n"),
                raw(
                        "header-003",
                        "Two lengths that differ",
                        "POST /secrets/web3?secretAddress=" + OWNER
                                + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nvalue"),
                raw(
                        "header-004",
                        "A length below zero",
                        "POST /secrets/web3?secretAddress=" + OWNER
                                + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n"),
                raw(
                        "header-005",
                        "A header without a name",
                        "GET /secrets/web3 HTTP/1.1\r\nHost: localhost\r\n: b\r\n\r\n"),
                raw("header-006", "No host", "GET /secrets/web3 HTTP/1.1\r\n\r\n"),
                raw("line-001", "A request line of one word", "NONSENSE\r\n\r\n"),
                check("header-007", "Two Authorization headers are not one signature: no success")
                        .expects(clientError().or(defaultError(500, "Internal Server Error")))
                        .plays(scene -> {
                            Target target = Kind.WEB2.untouched(scene);
                            return scene.send(target.pushBy(scene.actor(), "value")
                                    .signed(target.signature("value"))
                                    .closing());
                        }),
                check("header-008", "An Authorization of 6000 digits is no success")
                        .expects(clientError().or(defaultError(500, "Internal Server Error")))
                        .plays(scene -> scene.send(
                                Kind.WEB2.untouched(scene).unsigned("value").signed("0x" + "zz".repeat(3000)))),
                check("header-009", "Line breaks in a name do not come back as headers")
                        .expects(clientError().and(Expected.noHeader("X-Injected")))
                        .plays(scene -> scene.send(Request.head(Kind.requesterPath(OWNER, "a\r\nX-Injected: yes")))),
                check("method-001", "A made-up method of a known path is a 4xx or 501")
                        .expects(clientError().or(status(501)))
                        .plays(scene -> scene.send(Request.of("FETCH", "/secrets/web3?secretAddress=" + OWNER)
                                .closing())),
                check("method-002", "TRACE does not repeat what was sent")
                        .expects(clientError()
                                .or(status(501))
                                .and(Expected.answer(
                                        "not repeated", answer -> !answer.body().contains("0123456789abcdef"))))
                        .plays(scene -> scene.send(Request.of("TRACE", "/secrets/web3?secretAddress=" + OWNER)
                                .signed("0123456789abcdef")
                                .closing())));
    }

    private static Check raw(String id, String what, String bytes) {
        return check(id, what + ": a 4xx, never a 500")
                .expects(clientError())
                .plays(scene -> scene.service().sendRaw(bytes.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static List<Check> bodies() {
        String large = "x".repeat(10 << 20);
        return List.of(
                check("body-001", "10 MB signed by the owner are too large: 413")
                        .expects(empty(413))
                        .orDeviation(Listed.LARGE_BODY, defaultError(413, "Content Too Large"))
                        .plays(scene -> scene.send(
                                Kind.WEB2.untouched(scene).push(large).closing())),
                check("body-002", "10 MB of a stranger are answered 401: the signature comes before the size")
                        .expects(empty(401))
                        .orDeviation(Listed.LARGE_BODY, defaultError(413, "Content Too Large"))
                        .plays(scene -> scene.send(Kind.WEB2
                                .untouched(scene)
                                .pushBy(scene.actor(), large)
                                .closing())),
                check("body-003", "70000 bytes of a requester are a 400 with its text")
                        .expects(Kind.REQUESTERS.tooLarge())
                        .orDeviation(Listed.LARGE_BODY, defaultError(413, "Content Too Large"))
                        .plays(scene -> scene.send(Kind.REQUESTERS
                                .untouched(scene)
                                .push("x".repeat(70_000))
                                .closing())),
                check(
                                "body-004",
                                "Bytes that are not UTF-8 are read as replacement characters, and those are what is signed")
                        .expects(empty(204))
                        .orDeviation(Listed.NOT_UTF8, defaultError(400, "Bad Request"))
                        .plays(scene -> {
                            Target target = Kind.WEB2.fresh(scene);
                            return scene.send(Request.post(target.path())
                                    .header("Content-Type", "text/plain")
                                    .body(Content.of(new byte[] {(byte) 0xff, 'a'}))
                                    .signed(target.signature("\ufffda")));
                        }),
                check("body-005", "A form is not taken apart: its text is the value that is signed, or it is refused")
                        .expects(status(204).or(clientError()))
                        .plays(scene -> {
                            Target target = Kind.WEB2.fresh(scene);
                            return scene.send(Request.post(target.path())
                                    .header("Content-Type", "application/x-www-form-urlencoded")
                                    .body(Content.utf8("a=b&c=d"))
                                    .signed(target.signature("a=b&c=d")));
                        }),
                check("body-006", "A value with NUL and control characters is accepted as it is")
                        .expects(empty(204))
                        .plays(scene -> scene.send(Kind.WEB2.fresh(scene).push("a\u0000b\u0007c"))));
    }

    private static List<Check> after() {
        return List.of(check("after-001", "After all that a plain push is answered 204 as ever")
                .expects(empty(204))
                .plays(scene -> scene.send(Kind.WEB2.fresh(scene).push("value"))));
    }
}
