package io.attested.sms.scenario;

import static io.attested.sms.scenario.BadRequest.ANY_4XX;
import static io.attested.sms.scenario.BadRequest.CLOSED;
import static io.attested.sms.scenario.BadRequest.FOREIGN;
import static io.attested.sms.scenario.BadRequest.MARKER;
import static io.attested.sms.scenario.BadRequest.asked;
import static io.attested.sms.scenario.BadRequest.raw;
import static io.attested.sms.scenario.BadRequest.sent;
import static io.attested.sms.scenario.BadRequest.signed;
import static io.attested.sms.scenario.BadRequest.with;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Malformed requests for everything but secrets, contract sections 1.1 and 1.4 to 1.7, and for no endpoint at all. */
final class BadServiceRequests {
    private static final String TASK = "0x" + "aa".repeat(32);
    private static final String WALLET = "0x" + "bb".repeat(20);
    private static final String JSON = "Content-Type: application/json";
    private static final String AUTHORIZATION = "Authorization: " + FOREIGN;
    private static final String SESSIONS = "/tee/sessions";
    private static final String END = "\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    private BadServiceRequests() {}

    private static BadRequest session(int expected, String what, String body) {
        return with(expected, what, "POST", SESSIONS, body, JSON, AUTHORIZATION);
    }

    private static String member(String name, String json) {
        return "{\"workerWallet\":\"" + WALLET + "\",\"chainTaskId\":\"" + TASK + "\",\"" + name + "\":" + json + "}";
    }

    static List<BadRequest> tee() {
        String challenges = "/tee/challenges/";
        return List.of(
                asked(404, "version that is not there", "GET", "/tee/properties/scone/v0.0"),
                asked(404, "version of another framework's port", "GET", "/tee/properties/tdx/v0.0"),
                asked(400, "framework nobody knows", "GET", "/tee/properties/sev/v0.0"),
                asked(400, "framework nobody knows, first version", "GET", "/tee/properties/sev"),
                asked(409, "framework of another port, first version", "GET", "/tee/properties/tdx"),
                asked(400, "framework with a blank", "GET", "/tee/properties/%20scone"),
                asked(400, "framework with a NUL", "GET", "/tee/properties/scone%00"),
                asked(ANY_4XX, "version with a slash", "GET", "/tee/properties/scone/a%2fb"),
                asked(404, "version of 4000 characters", "GET", "/tee/properties/scone/" + "v".repeat(4000)),
                asked(404, "no framework", "GET", "/tee/properties/"),
                with(400, "challenge without a signature", "POST", challenges + TASK, ""),
                signed(401, "challenge with an empty signature", "POST", challenges + TASK, "", new byte[0]),
                signed(
                        401,
                        "challenge with half a signature",
                        "POST",
                        challenges + TASK,
                        FOREIGN.substring(0, 66),
                        new byte[0]),
                sent(401, "challenge of no task", "POST", challenges + TASK, ""),
                sent(401, "challenge of a task a digit short", "POST", challenges + TASK.substring(0, 65), ""),
                sent(401, "challenge of a task that is no hex", "POST", challenges + "0x" + "zz".repeat(32), ""),
                sent(401, "challenge of a task with a newline", "POST", challenges + TASK + "%0a", ""),
                sent(404, "challenge of nothing", "POST", challenges, ""),
                asked(405, "challenge read", "GET", challenges + TASK),
                with(400, "session without a signature", "POST", SESSIONS, member("x", "1"), JSON),
                with(
                        415,
                        "session as text",
                        "POST",
                        SESSIONS,
                        member("x", "1"),
                        "Content-Type: text/plain",
                        AUTHORIZATION),
                with(415, "session without a type", "POST", SESSIONS, member("x", "1"), AUTHORIZATION),
                with(415, "session as XML", "POST", SESSIONS, "<a/>", "Content-Type: application/xml", AUTHORIZATION),
                session(400, "session of nothing", ""),
                session(400, "session cut off", "{\"chainTaskId\":\"" + MARKER),
                session(400, "session in an array", "[" + member("x", "1") + "]"),
                session(400, "session without worker", "{\"chainTaskId\":\"" + TASK + "\"}"),
                session(400, "session of no worker", "{\"workerWallet\":null}"),
                session(400, "session with an index that is no number", member("taskIndex", "\"" + MARKER + "\"")),
                session(400, "session with an index over 32 bits", member("taskIndex", "4294967296")),
                session(400, "session with a deal that is an object", member("dealId", "{\"a\":1}")),
                session(400, "session whose signature is a text", member("signature", "\"" + FOREIGN + "\"")),
                session(401, "session whose signature is null", member("signature", "null")),
                session(401, "session with a challenge that is none", member("enclaveChallenge", "\"" + MARKER + "\"")),
                session(401, "session of a worker that is none", "{\"workerWallet\":\"" + MARKER + "\"}"),
                session(401, "session with an unknown member", member("a", "{\"b\":[1]}")),
                session(401, "session of an empty task", "{\"chainTaskId\":\"\",\"workerWallet\":\"" + WALLET + "\"}"),
                session(400, "session nested 2000 times", member("a", "[".repeat(2000))),
                session(413, "session of 10 MB", "{\"a\":\"" + "x".repeat(10 * 1024 * 1024) + "\"}"),
                asked(405, "session read", "GET", SESSIONS),
                sent(405, "framework written", "POST", "/tee/framework", MARKER));
    }

    static List<BadRequest> service() {
        Stream<BadRequest> closed = Stream.of(
                        "/",
                        "/up",
                        "/h2-console",
                        "/h2-console/",
                        "/swagger-ui",
                        "/swagger-ui/",
                        "/v3",
                        "/v3/api-docs/x",
                        "/v3/api-docs.yaml",
                        "/cas/url",
                        "/tee/workflow/config",
                        "/actuator/env",
                        "/actuator/heapdump",
                        "/actuator/shutdown",
                        "/actuator/prometheus",
                        "/actuator/%70rometheus",
                        "/actuator;a=b/prometheus",
                        "/actuator/health/db",
                        "/error",
                        "/favicon.ico",
                        "/.env",
                        "/WEB-INF/web.xml",
                        "/META-INF/MANIFEST.MF")
                .map(path -> asked(404, "GET " + path, "GET", path));
        return Stream.concat(
                        closed,
                        Stream.of(
                                asked(404, "file outside of the page's", "GET", "/swagger-ui/../application.yml"),
                                asked(ANY_4XX, "the same, encoded", "GET", "/swagger-ui/%2e%2e/application.yml"),
                                asked(
                                        ANY_4XX,
                                        "the same, encoded twice",
                                        "GET",
                                        "/swagger-ui/%252e%252e/application.yml"),
                                asked(ANY_4XX, "the same with a backslash", "GET", "/swagger-ui/..\\application.yml"),
                                sent(405, "version written", "POST", "/version", MARKER),
                                sent(405, "metrics written", "PUT", "/metrics", MARKER),
                                asked(405, "metrics deleted", "DELETE", "/metrics"),
                                sent(405, "description written", "POST", "/v3/api-docs", MARKER),
                                sent(405, "health written", "POST", "/actuator/health", MARKER),
                                sent(404, "shut down", "POST", "/actuator/shutdown", ""),
                                sent(404, "secret of a server of old", "POST", "/untee/secrets", MARKER),
                                sent(404, "delegate's key", "POST", "/secrets/delegate/signature", MARKER),
                                asked(404, "version with a suffix", "GET", "/version.json"),
                                asked(404, "version and a slash", "GET", "/version/"),
                                asked(404, "version in capitals", "GET", "/VERSION"),
                                asked(404, "path of 3000 parts", "GET", "/a".repeat(3000)),
                                with(
                                        403,
                                        "preflight",
                                        "OPTIONS",
                                        "/version",
                                        "",
                                        "Origin: https://a.example",
                                        "Access-Control-Request-Method: GET")))
                .toList();
    }

    /**
     * For the administrator's API, section 1.6. A 500 is the contract's for what leads out of the storage or is no name.
     *
     * @param key the right one
     * @param storage the configured folder; it holds no backup
     */
    static List<BadRequest> admin(String key, Path storage) {
        String folder = hex(storage.toString());
        Stream<BadRequest> names = Stream.of(
                        "..",
                        "../x",
                        "..%2fx",
                        "%2e%2e%2fx",
                        "a%2fb",
                        "%2fetc%2fpasswd",
                        "a%00b",
                        "a%0d%0aX-A:b",
                        "a%5cb",
                        "x".repeat(300),
                        "%2e",
                        "a%7f")
                .flatMap(name -> Stream.of("replicate-backup", "restore-backup")
                        .map(call -> admin(
                                500, key, "POST", call + " of " + name, folder + "/" + call + "?fileName=" + name)));
        return Stream.concat(
                        names,
                        Stream.of(
                                admin(404, key, "POST", "name nobody used", folder + "/restore-backup?fileName=none"),
                                admin(
                                        404,
                                        key,
                                        "POST",
                                        "name like a command",
                                        folder + "/restore-backup?fileName=a;ls"),
                                admin(
                                        404,
                                        key,
                                        "POST",
                                        "name with a slash of another alphabet",
                                        folder + "/restore-backup?fileName=%ef%bc%8f"),
                                admin(400, key, "POST", "no name", folder + "/restore-backup"),
                                admin(400, key, "POST", "empty name", folder + "/restore-backup?fileName="),
                                admin(400, key, "POST", "blank name", folder + "/restore-backup?fileName=%20"),
                                admin(
                                        ANY_4XX,
                                        key,
                                        "POST",
                                        "name that is not UTF-8",
                                        folder + "/restore-backup?fileName=%c3%28"),
                                admin(
                                        404,
                                        key,
                                        "POST",
                                        "folder nobody made",
                                        hex(storage + "/none") + "/restore-backup?fileName=a"),
                                admin(
                                        500,
                                        key,
                                        "POST",
                                        "folder outside",
                                        hex(storage + "/../..") + "/restore-backup?fileName=a"),
                                admin(
                                        500,
                                        key,
                                        "POST",
                                        "folder beside",
                                        hex(storage + "-evil") + "/restore-backup?fileName=a"),
                                admin(500, key, "POST", "folder that is no hex", "zz/restore-backup?fileName=a"),
                                admin(500, key, "POST", "folder of odd digits", folder + "0/restore-backup?fileName=a"),
                                admin(500, key, "POST", "folder with a NUL", folder + "00/restore-backup?fileName=a"),
                                admin(
                                        500,
                                        key,
                                        "POST",
                                        "folder that is relative",
                                        hex("backup") + "/restore-backup?fileName=a"),
                                admin(
                                        404,
                                        key,
                                        "POST",
                                        "copy of what is not there",
                                        folder + "/copy-to/" + folder + "?sourceFileName=a"),
                                admin(400, key, "POST", "copy of no name", folder + "/copy-to/" + folder),
                                admin(
                                        500,
                                        key,
                                        "DELETE",
                                        "delete outside",
                                        hex("/etc") + "/delete-backup?fileName=passwd"),
                                admin(405, key, "GET", "read a backup", folder + "/restore-backup?fileName=a"),
                                admin(404, key, "POST", "operation nobody knows", folder + "/drop-backup?fileName=a"),
                                admin(401, MARKER, "POST", "wrong key", "backup"),
                                admin(401, key + "x", "POST", "key with a letter more", "backup"),
                                admin(401, "", "POST", "empty key", "backup"),
                                admin(401, "k".repeat(5000), "POST", "key of 5000 letters", "backup"),
                                admin(401, "\u00e9\u00ff", "POST", "key of other letters", "backup"),
                                with(401, "no key", "POST", "/admin/backup", ""),
                                with(
                                        401,
                                        "right key second",
                                        "POST",
                                        "/admin/backup",
                                        "",
                                        "X-API-KEY: a",
                                        "X-API-KEY: " + key),
                                with(401, "no key, path of nothing", "POST", "/admin/none", ""),
                                with(401, "no key, path with a parameter", "POST", "/admin;a=b/backup", ""),
                                with(401, "no key, path in another spelling", "POST", "/%61dmin/backup", ""),
                                with(
                                        413,
                                        "10 MB",
                                        "POST",
                                        "/admin/backup",
                                        "x".repeat(10 * 1024 * 1024),
                                        "X-API-KEY: " + key)))
                .toList();
    }

    private static BadRequest admin(int expected, String key, String method, String what, String path) {
        return with(expected, what, method, "/admin/" + path, "", "X-API-KEY: " + key);
    }

    private static String hex(String path) {
        return HexFormat.of().formatHex(path.getBytes(StandardCharsets.US_ASCII));
    }

    /** HTTP itself. */
    static List<BadRequest> http() {
        String push = "POST /secrets/web3?secretAddress=" + WALLET + " HTTP/1.1\r\n" + AUTHORIZATION;
        return List.of(
                raw(CLOSED, "preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
                raw(400, "nothing but a line end", "\r\n\r\nX\r\n\r\n"),
                raw(400, "method alone", "GET\r\n\r\n"),
                raw(400, "HTTP/1.1 without a host", "GET /version HTTP/1.1\r\nConnection: close\r\n\r\n"),
                raw(400, "two hosts", "GET /version HTTP/1.1\r\nHost: a" + END),
                raw(400, "host of many", "GET /version HTTP/1.1\r\nHost: a,b c\r\nConnection: close\r\n\r\n"),
                raw(400, "version nobody knows", "GET /version HTTP/7.1" + END),
                raw(400, "version that is none", "GET /version FTP/1.1" + END),
                raw(ANY_4XX, "method nobody knows", "FETCH /version HTTP/1.1" + END),
                raw(400, "method with a bracket", "G[T /version HTTP/1.1" + END),
                raw(ANY_4XX, "TRACE", "TRACE /secrets/web3 HTTP/1.1\r\n" + AUTHORIZATION + END),
                raw(ANY_4XX, "CONNECT", "CONNECT example.org:443 HTTP/1.1" + END),
                raw(ANY_4XX, "whole URL of elsewhere", "GET http://example.org/nothing HTTP/1.1" + END),
                raw(400, "target without a slash", "GET version HTTP/1.1" + END),
                raw(400, "line of 20 KB", "GET /version?" + MARKER.repeat(1400) + " HTTP/1.1" + END),
                raw(400, "header of 20 KB", "GET /version HTTP/1.1\r\nX-A: " + MARKER.repeat(1400) + END),
                raw(400, "1000 headers", "GET /version HTTP/1.1" + "\r\nX-A: b".repeat(1000) + END),
                raw(400, "header without a name", "GET /version HTTP/1.1\r\n: b" + END),
                raw(400, "header with a blank in its name", "GET /version HTTP/1.1\r\nX A: b" + END),
                raw(400, "header with a NUL", "GET /version HTTP/1.1\r\nX-A: a\u0000b" + END),
                raw(400, "header without a colon", "GET /version HTTP/1.1\r\nnonsense" + END),
                raw(400, "line end alone in a header", push + "\r\nX-A: a\rb" + END),
                raw(ANY_4XX, "folded header", push + "\r\n folded: x\r\nContent-Length: 1" + END + "v"),
                raw(400, "broken escape in the path", "GET /tee/%zz HTTP/1.1" + END),
                raw(400, "half an escape in the path", "GET /tee/%4 HTTP/1.1" + END),
                raw(400, "NUL in the path", "GET /tee/%00 HTTP/1.1" + END),
                raw(400, "slash as an escape", "GET /tee%2fframework HTTP/1.1" + END),
                raw(ANY_4XX, "path that is not UTF-8", "GET /tee/%c3%28 HTTP/1.1" + END),
                raw(ANY_4XX, "path that climbs out", "GET /../../etc/passwd HTTP/1.1" + END),
                raw(
                        400,
                        "broken escape in the query",
                        push.replace(WALLET, "%zz") + "\r\nContent-Length: 1" + END + "v"),
                raw(
                        400,
                        "query that is not UTF-8",
                        push.replace(WALLET, "%c3%28") + "\r\nContent-Length: 1" + END + "v"),
                raw(400, "bracket in the query", push.replace(WALLET, "[") + "\r\nContent-Length: 1" + END + "v"),
                raw(400, "two lengths", push + "\r\nContent-Length: 1\r\nContent-Length: 2" + END + "vv"),
                raw(400, "length below zero", push + "\r\nContent-Length: -1" + END),
                raw(400, "length that is no number", push + "\r\nContent-Length: one" + END + "v"),
                raw(ANY_4XX, "length of 19 digits", push + "\r\nContent-Length: 9223372036854775807" + END),
                raw(ANY_4XX, "length over 64 bits", push + "\r\nContent-Length: 99999999999999999999" + END),
                raw(
                        ANY_4XX,
                        "length and chunks",
                        push + "\r\nContent-Length: 4\r\nTransfer-Encoding: chunked" + END + "0\r\n\r\n"),
                raw(400, "chunks twice", push + "\r\nTransfer-Encoding: chunked, chunked" + END + "0\r\n\r\n"),
                raw(400, "encoding nobody knows", push + "\r\nTransfer-Encoding: xchunked" + END),
                raw(400, "chunk of no size", push + "\r\nTransfer-Encoding: chunked" + END + "zz\r\nv\r\n0\r\n\r\n"),
                raw(400, "chunk below zero", push + "\r\nTransfer-Encoding: chunked" + END + "-1\r\n\r\n"),
                raw(
                        400,
                        "chunk longer than it says",
                        push + "\r\nTransfer-Encoding: chunked" + END + "1\r\nabc\r\n0\r\n\r\n"),
                raw(
                        400,
                        "chunk of 2^68 bytes",
                        push + "\r\nTransfer-Encoding: chunked" + END + "fffffffffffffffff\r\n"),
                raw(
                        413,
                        "chunks of 70 KB",
                        push + "\r\nTransfer-Encoding: chunked" + END
                                + ("1000\r\n" + "x".repeat(4096) + "\r\n").repeat(17) + "1\r\nx\r\n0\r\n\r\n"),
                raw(400, "no chunk but the last", push + "\r\nTransfer-Encoding: chunked" + END + "0\r\n\r\n"),
                raw(417, "expectation nobody knows", push + "\r\nExpect: 200-maybe\r\nContent-Length: 1" + END + "v"),
                raw(
                        413,
                        "10 MB announced, asking first",
                        push + "\r\nExpect: 100-continue\r\nContent-Length: 10485760" + END),
                raw(
                        401,
                        "packed body taken as it is",
                        push + "\r\nContent-Encoding: gzip\r\nContent-Length: 1" + END + "v"),
                raw(
                        401,
                        "form taken as it is",
                        push + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 3" + END
                                + "a=b"),
                raw(401, "type that is none", push + "\r\nContent-Type: ;;;\r\nContent-Length: 1" + END + "v"),
                raw(
                        401,
                        "upgrade to HTTP/2",
                        push + "\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\nContent-Length: 1" + END + "v"));
    }
}
