package io.attested.sms.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.audit.AuditLog;
import io.attested.sms.contracts.testbed.Wallet;
import io.attested.sms.contracts.testbed.WorkerpoolAuthorization;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests that are wrong in form: each gets a 4xx with a code, none leaves a stack trace, a piece of its body in the
 * log, or a service that no longer answers.
 */
class BadInputTest {
    /** Stands in every bad body; whatever shows it in an answer or the log shows secrets. */
    private static final String MARKER = "tOpSeCrEtMaRkEr";

    private static final String HASH = "0x" + "aa".repeat(32);
    private static final String ADDRESS = "0x" + "bb".repeat(20);
    private static final String SIGNATURE = "0x" + "11".repeat(64) + "1b";
    private static final int CAP = 64 * 1024;
    private static final int GRANT_CAP = 128 * 1024;

    @TempDir
    private static Path folder;

    private static ServedChain served;
    private static RunningServer server;

    private LoggedLines log;

    @BeforeAll
    static void start() {
        served = ServedChain.start(folder);
        server = served.server();
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    @BeforeEach
    void capture() {
        log = LoggedLines.capture();
    }

    @Test
    void noLineIsWrittenForEachUnknownPathMethodOrType() {
        for (int i = 0; i < 5; i++) {
            RawHttp.exchange(
                    server.nativeApi(), "GET /" + MARKER + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            RawHttp.exchange(server.nativeApi(), "FETCH /v1/service HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            RawHttp.exchange(
                    server.nativeApi(),
                    "POST /v1/grants HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: a/" + MARKER
                            + "\r\nContent-Length: 0\r\n\r\n");
        }
        assertThat(log.lines()).noneMatch(line -> line.contains("WARN"));
    }

    @Test
    void everySpellingOfANativePathGetsTheLogHead() {
        for (String path : List.of("/v1", "/v1/none", "/v1;x=1/none", "/%761/none")) {
            assertThat(RawHttp.exchange(
                                    server.nativeApi(),
                                    "POST " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                                            + "Content-Length: 0\r\n\r\n")
                            .head())
                    .as(path)
                    .containsIgnoringCase("sms-log-head: ");
        }
    }

    /** After every test of this class. */
    @AfterEach
    void nothingLeakedAndTheServiceGoesOn() {
        Wallet somebody = Wallet.random(new SecureRandom());
        int good = server.send(Pushes.requesterPush(server.scone(), somebody, "name", "value"))
                .statusCode();
        log.close();
        assertThat(good).isEqualTo(204);
        assertThat(log.lines()).noneMatch(line -> line.contains(MARKER) || line.contains(base64(MARKER)));
        assertThat(log.traces()).isEmpty();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** One bad request: where to, and its bytes. Where the request line cannot be read, the answer is that of {@code /v1}. */
    private record Bad(String what, boolean onNative, byte[] request) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static Bad bad(String what, boolean onNative, String head, byte[] body) {
        byte[] top = (head + "\r\nHost: localhost\r\nConnection: close\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = java.util.Arrays.copyOf(top, top.length + body.length);
        System.arraycopy(body, 0, all, top.length, body.length);
        return new Bad(what, onNative, all);
    }

    private static Bad json(String path, String what, String body) {
        boolean onNative = path.startsWith("/v1");
        return bad(
                path + ": " + what,
                onNative,
                "POST " + path + " HTTP/1.1\r\nContent-Type: application/json\r\nAuthorization: " + SIGNATURE,
                body.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertRefused(Bad bad) {
        RawHttp.Answer answer = RawHttp.exchange(bad.onNative() ? server.nativeApi() : server.scone(), bad.request());
        assertThat(answer.status()).as(answer.toString()).isBetween(400, 499);
        assertThat(answer.body()).doesNotContain(MARKER).doesNotContain("\tat ").doesNotContain("Exception");
        assertThat(answer.head()).doesNotContain(MARKER);
        assertCode(answer, bad.onNative());
    }

    private static void assertCode(RawHttp.Answer answer, boolean onNative) {
        if (!onNative && answer.status() == 401 && answer.body().isEmpty()) {
            return;
        }
        JsonNode body = JsonMapper.shared().readTree(answer.body());
        if (onNative) {
            assertThat(answer.head()).containsIgnoringCase("content-type: application/problem+json");
            assertThat(body.path("code").asString()).matches("[a-z]+\\.[a-z-]+");
            assertThat(body.path("status").asInt()).isEqualTo(answer.status());
        } else {
            assertThat(answer.head()).containsIgnoringCase("content-type: application/json");
            assertThat(body.has("error")).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource
    void jsonIsRefused(Bad bad) {
        assertRefused(bad);
    }

    static Stream<Bad> jsonIsRefused() {
        List<Bad> all = new ArrayList<>();
        for (String path : List.of("/v1/challenges", "/v1/grants", "/tee/sessions")) {
            for (Map.Entry<String, String> body : anyJson().entrySet()) {
                all.add(json(path, body.getKey(), body.getValue()));
            }
        }
        askMistakes().forEach((what, body) -> all.add(json("/v1/challenges", what, body)));
        grantMistakes().forEach((what, body) -> all.add(json("/v1/grants", what, body)));
        return all.stream();
    }

    private static Map<String, String> anyJson() {
        return Map.ofEntries(
                Map.entry("empty", ""),
                Map.entry("blank", " \n"),
                Map.entry("cut off", "{\"chainTaskId\":\"" + MARKER),
                Map.entry("bare word", MARKER),
                Map.entry("null", "null"),
                Map.entry("number", "12"),
                Map.entry("huge number", "9".repeat(60_000)),
                Map.entry("huge exponent", "{\"taskIndex\":1e999999999,\"chainTaskId\":[\"" + MARKER + "\"]}"),
                Map.entry("string", "\"" + MARKER + "\""),
                Map.entry("array", "[\"" + MARKER + "\"]"),
                Map.entry("deep array", "[".repeat(30_000)),
                Map.entry("deep object", "{\"chainTaskId\":".repeat(4_000)),
                Map.entry("comment", "/* " + MARKER + " */ {}"),
                Map.entry("single quotes", "{'" + MARKER + "':1}"),
                Map.entry("byte order mark of UTF-16", "\ufeff" + MARKER),
                Map.entry("NUL bytes", "\u0000\u0000" + MARKER),
                Map.entry("object for a string", "{\"chainTaskId\":{\"" + MARKER + "\":1},\"challenge\":{}}"),
                Map.entry("member with NUL", "{\"chainTaskId\u0000\":\"" + MARKER + "\"}"));
    }

    private static String askBody(String authorization, String ask, String signature) {
        return "{\"authorization\":" + authorization + ",\"ask\":" + ask + ",\"askSignature\":" + signature + "}";
    }

    private static String authorization(String task, String worker) {
        return "{\"chainTaskId\":\"" + task + "\",\"workerWallet\":\"" + worker + "\",\"enclaveChallenge\":\"" + ADDRESS
                + "\",\"signature\":{\"value\":\"" + SIGNATURE + "\"}}";
    }

    private static String ask(String task, String deadline) {
        return "{\"chainTaskId\":\"" + task + "\",\"stage\":\"app\",\"worker\":\"" + ADDRESS
                + "\",\"enclaveChallenge\":\"" + ADDRESS + "\",\"deadline\":" + deadline + "}";
    }

    private static Map<String, String> askMistakes() {
        String authorization = authorization(HASH, ADDRESS);
        String ask = ask(HASH, "2000000000");
        String signature = "\"" + SIGNATURE + "\"";
        return Map.ofEntries(
                Map.entry("unknown member", askBody(authorization, ask, signature + ",\"" + MARKER + "\":1")),
                Map.entry(
                        "unknown member inside",
                        askBody(authorization.replace("{\"chain", "{\"" + MARKER + "\":1,\"chain"), ask, signature)),
                Map.entry(
                        "duplicate member", askBody(authorization, ask, signature + ",\"askSignature\":" + signature)),
                Map.entry(
                        "duplicate member spelt with an escape",
                        askBody(authorization, ask, signature + ",\"\\u0061skSignature\":" + signature)),
                Map.entry("text after the object", askBody(authorization, ask, signature) + MARKER),
                Map.entry(
                        "task with a digit too few",
                        askBody(authorization(HASH.substring(1), ADDRESS), ask, signature)),
                Map.entry(
                        "task that is no hex", askBody(authorization("0x" + "zz".repeat(32), ADDRESS), ask, signature)),
                Map.entry(
                        "task with a newline",
                        askBody(authorization("0x\\n" + "a".repeat(63), ADDRESS), ask, signature)),
                Map.entry("worker without 0x", askBody(authorization(HASH, ADDRESS.substring(2)), ask, signature)),
                Map.entry("worker that is the marker", askBody(authorization(HASH, MARKER), ask, signature)),
                Map.entry("deadline as text", askBody(authorization, ask(HASH, "\"2000000000\""), signature)),
                Map.entry("deadline as fraction", askBody(authorization, ask(HASH, "2000000000.5"), signature)),
                Map.entry("deadline below zero", askBody(authorization, ask(HASH, "-1"), signature)),
                Map.entry("deadline after the last year", askBody(authorization, ask(HASH, "253402300800"), signature)),
                Map.entry("deadline over 64 bits", askBody(authorization, ask(HASH, "9".repeat(30)), signature)),
                Map.entry("deadline with 5000 digits", askBody(authorization, ask(HASH, "9".repeat(5000)), signature)),
                Map.entry("deadline as exponent", askBody(authorization, ask(HASH, "1e999999999"), signature)),
                Map.entry("signature that is none", askBody(authorization, ask, "\"" + MARKER + "\"")),
                Map.entry("signature as number", askBody(authorization, ask, "12")));
    }

    private static Map<String, String> grantMistakes() {
        byte[] noise = new byte[60_000];
        new Random(1).nextBytes(noise);
        String quote = Base64.getEncoder().encodeToString(noise);
        return Map.of(
                "challenge of somebody else", grantBody(MARKER, quote, "AAAA", "{}"),
                "challenge with padding and line breaks", grantBody("AA==\\r\\n", "AAAA", "AAAA", "{}"),
                "quote that is no base64", grantBody("AAAA", MARKER + "!", "AAAA", "{}"),
                "quote as number", "{\"challenge\":\"AAAA\",\"quote\":1,\"runtimeData\":\"AAAA\"}",
                "runtime data in base64url", grantBody("AAAA", "AAAA", "_-_-", "{}"),
                "collateral as text", grantBody("AAAA", "AAAA", "AAAA", "\"" + MARKER + "\""),
                "collateral too deep", grantBody("AAAA", "AAAA", "AAAA", "{\"a\":".repeat(2000)),
                "unknown member", grantBody("AAAA", "AAAA", "AAAA", "{},\"" + MARKER + "\":1"));
    }

    private static String grantBody(String challenge, String quote, String runtimeData, String collateral) {
        return "{\"challenge\":\"" + challenge + "\",\"quote\":\"" + quote + "\",\"runtimeData\":\"" + runtimeData
                + "\",\"collateral\":" + collateral + "}";
    }

    @ParameterizedTest
    @MethodSource
    void requestIsRefused(Bad bad) {
        assertRefused(bad);
    }

    private static Bad multipart(String type, String path, boolean onNative) {
        return bad(
                type + " to " + path,
                onNative,
                "POST " + path + " HTTP/1.1\r\nContent-Type: " + type + "\r\nAuthorization: " + SIGNATURE,
                MARKER.getBytes(StandardCharsets.US_ASCII));
    }

    static Stream<Bad> requestIsRefused() {
        byte[] notUtf8 = {'{', '"', (byte) 0xc3, (byte) 0x28, '"', ':', '1', '}'};
        String jsonType = "\r\nContent-Type: application/json";
        String signed = "\r\nAuthorization: " + SIGNATURE;
        byte[] marked = MARKER.getBytes(StandardCharsets.US_ASCII);
        return Stream.of(
                bad("no content type", true, "POST /v1/challenges HTTP/1.1", marked),
                bad("text", true, "POST /v1/challenges HTTP/1.1\r\nContent-Type: text/plain", marked),
                bad(
                        "form",
                        true,
                        "POST /v1/grants HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded",
                        marked),
                bad("type that is none", true, "POST /v1/grants HTTP/1.1\r\nContent-Type: ;;;", marked),
                bad("not UTF-8", true, "POST /v1/challenges HTTP/1.1" + jsonType, notUtf8),
                bad("not UTF-8", false, "POST /tee/sessions HTTP/1.1" + jsonType + signed, notUtf8),
                bad("type that is none", false, "POST /tee/sessions HTTP/1.1\r\nContent-Type: ;;;" + signed, marked),
                multipart("multipart/form-data", "/v1/challenges", true),
                multipart("multipart/form-data; boundary=", "/v1/grants", true),
                multipart("multipart/mixed; boundary=" + "b".repeat(5000), "/v1/unknown", true),
                multipart("multipart/form-data", "/secrets/web3?secretAddress=" + ADDRESS, false),
                multipart("multipart/related", "/secrets/web2?ownerAddress=" + ADDRESS + "&secretName=a", false),
                multipart("multipart/byteranges", "/tee/challenges/" + HASH, false),
                multipart("multipart/", "/tee/sessions", false),
                bad("path in braces", true, "POST /v1/{a} HTTP/1.1", marked),
                bad("query in brackets", true, "POST /v1/grants?x=[ HTTP/1.1", marked),
                bad("native path with a parameter", true, "POST /v1;x=1/challenges HTTP/1.1" + jsonType, marked),
                bad("native path in another spelling", true, "POST /%761/challenges HTTP/1.1" + jsonType, marked),
                bad(
                        "transfer encoding nobody knows",
                        true,
                        "POST /v1/grants HTTP/1.1\r\nTransfer-Encoding: foo",
                        marked),
                bad("version nobody knows", true, "GET /v1/service HTTP/3.0", new byte[0]),
                bad(
                        "preflight of another site",
                        true,
                        "OPTIONS /v1/grants HTTP/1.1\r\nOrigin: https://other.example\r\n"
                                + "Access-Control-Request-Method: POST",
                        new byte[0]),
                bad("wrong method", true, "DELETE /v1/grants HTTP/1.1", new byte[0]),
                bad("made-up method", true, "FETCH /v1/service HTTP/1.1", new byte[0]),
                bad("no method", true, "GÉT /v1/service HTTP/1.1", new byte[0]),
                bad("answer in another form", true, "GET /v1/service HTTP/1.1\r\nAccept: image/png", new byte[0]),
                bad("unknown path", true, "GET /v1/" + "x".repeat(2000) + " HTTP/1.1", new byte[0]),
                bad("path with %00", true, "GET /v1/%00 HTTP/1.1", new byte[0]),
                bad("path with %2f", true, "GET /v1/%2f%2e%2e%2fservice HTTP/1.1", new byte[0]),
                bad("path with a broken escape", true, "GET /v1/%zz HTTP/1.1", new byte[0]),
                bad("path with ;", true, "GET /v1/..;/actuator/env HTTP/1.1", new byte[0]),
                bad("path with bytes over 127", true, "GET /tee/\u00c3\u0028 HTTP/1.1", new byte[0]),
                bad("path up", false, "GET /secrets/../../etc/passwd HTTP/1.1", new byte[0]),
                bad("path with backslashes", true, "GET /secrets\\..\\x HTTP/1.1", new byte[0]),
                bad(
                        "query with a broken escape",
                        false,
                        "POST /secrets/web3?secretAddress=%zz HTTP/1.1" + signed,
                        marked),
                bad("query not UTF-8", false, "POST /secrets/web3?secretAddress=%c3%28 HTTP/1.1" + signed, marked),
                bad("query with %00", false, "POST /secrets/web3?secretAddress=%00 HTTP/1.1" + signed, marked),
                bad("query with newline", false, "POST /secrets/web3?secretAddress=a%0d%0ab HTTP/1.1" + signed, marked),
                bad(
                        "name with newline",
                        false,
                        "POST /requesters/" + ADDRESS + "/secrets/a%0ab HTTP/1.1" + signed,
                        marked),
                bad("app with newline", false, "POST /apps/a%0ab/secrets HTTP/1.1" + signed, marked),
                bad("header with NUL", true, "GET /v1/service HTTP/1.1\r\nX-A: a\u0000b", new byte[0]),
                bad("header without name", true, "GET /v1/service HTTP/1.1\r\n: b", new byte[0]),
                bad("header of 20 KB", true, "GET /v1/service HTTP/1.1\r\nX-A: " + MARKER.repeat(1400), new byte[0]),
                bad("1000 headers", true, "GET /v1/service HTTP/1.1" + "\r\nX-A: b".repeat(1000), new byte[0]),
                bad("line of 20 KB", true, "GET /tee/framework?" + MARKER.repeat(1400) + " HTTP/1.1", new byte[0]),
                bad("two lengths", false, "POST /tee/sessions HTTP/1.1\r\nContent-Length: 3" + jsonType, marked),
                bad(
                        "length and chunks",
                        true,
                        "POST /v1/grants HTTP/1.1\r\nTransfer-Encoding: chunked" + jsonType,
                        marked),
                bad("length below zero", true, "POST /v1/grants HTTP/1.1\r\nContent-Length: -1" + jsonType, marked));
    }

    @ParameterizedTest
    @MethodSource
    void bodyOverTheCapIsRefusedUnread(String path, int cap) {
        boolean onNative = path.startsWith("/v1");
        URI base = onNative ? server.nativeApi() : server.scone();
        String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nAuthorization: " + SIGNATURE + "\r\n";

        // The body never comes: whoever reads before refusing would wait for it.
        for (long length : new long[] {cap + 1, 1L << 30, 1L << 40}) {
            assertTooLarge(RawHttp.exchange(base, head + "Content-Length: " + length + "\r\n\r\n"), onNative);
        }
        String chunk = "1000\r\n" + MARKER + "x".repeat(0x1000 - MARKER.length()) + "\r\n";
        String chunks = chunk.repeat(cap / 0x1000) + "1\r\nx\r\n0\r\n\r\n";
        assertTooLarge(RawHttp.exchange(base, head + "Transfer-Encoding: chunked\r\n\r\n" + chunks), onNative);
        RawHttp.Answer atTheCap =
                RawHttp.exchange(base, head + "Content-Length: " + cap + "\r\n\r\n" + "x".repeat(cap));
        assertThat(atTheCap.status()).isIn(400, 401);
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> bodyOverTheCapIsRefusedUnread() {
        return Stream.of(
                org.junit.jupiter.params.provider.Arguments.of("/v1/grants", GRANT_CAP),
                org.junit.jupiter.params.provider.Arguments.of("/v1/challenges", CAP),
                org.junit.jupiter.params.provider.Arguments.of("/tee/sessions", CAP),
                org.junit.jupiter.params.provider.Arguments.of("/apps/" + ADDRESS + "/secrets", CAP),
                org.junit.jupiter.params.provider.Arguments.of("/secrets/web3?secretAddress=" + ADDRESS, CAP));
    }

    private static void assertTooLarge(RawHttp.Answer answer, boolean onNative) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(413);
        assertThat(JsonMapper.shared()
                        .readTree(answer.body())
                        .path(onNative ? "code" : "error")
                        .asString())
                .isEqualTo(onNative ? "input.too-large" : "Content Too Large");
    }

    @Test
    void chunksThatAreNoneAreRefused() {
        for (String chunks : new String[] {"zz\r\n" + MARKER, "-1\r\n\r\n", "fffffffffffffffff\r\n", "5\r\nabcdefgh"}) {
            RawHttp.Answer answer = RawHttp.exchange(
                    server.nativeApi(),
                    "POST /v1/challenges HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                            + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);
            assertThat(answer.status()).as(chunks).isEqualTo(400);
            assertCode(answer, true);
        }
    }

    @Test
    void secretsAreNeitherEchoedNorLogged() {
        Wallet owner = Wallet.random(new SecureRandom());
        byte[] value = (MARKER + "é").getBytes(StandardCharsets.UTF_8);
        String signature = Pushes.signNamed(owner, owner.address(), "name", value);
        URI uri = Pushes.account(server.scone(), owner.address(), "name");
        for (int status : new int[] {204, 409}) {
            var answer = server.send(Pushes.post(uri, signature, value));
            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.body()).isEmpty();
        }
        assertThat(server.send(Pushes.post(uri, SIGNATURE, value)).statusCode()).isEqualTo(401);
        assertThat(log.lines()).noneMatch(line -> line.contains(signature.substring(10, 40)));
    }

    @Test
    void anonymousFloodCausesNoWriteAndNoVerification() {
        String unproved = askBody(
                authorization(HASH, ADDRESS),
                ask(HASH, Long.toString(java.time.Instant.now().getEpochSecond() + 60)),
                "\"" + SIGNATURE + "\"");
        byte[] noise = new byte[4000];
        new Random(2).nextBytes(noise);
        String grant =
                grantBody(base64("no challenge of ours"), Base64.getEncoder().encodeToString(noise), "AAAA", "{}");
        WorkerpoolAuthorization session = Asking.authorization(HASH, ADDRESS);
        long head = server.bean(AuditLog.class).head().sequence();
        for (int i = 0; i < 70; i++) {
            assertProblem("/v1/challenges", unproved, 401, "request.bad-signature");
            assertProblem("/v1/grants", grant, 403, "evidence.challenge-unknown");
            assertThat(server.send(Asking.session(server.scone(), Asking.members(session), SIGNATURE))
                            .statusCode())
                    .isEqualTo(401);
        }
        assertThat(server.bean(AuditLog.class).head().sequence()).isEqualTo(head);
        assertThat(Prometheus.counter(server, "sms_grants_total{outcome=\"evidence.challenge-unknown\"}"))
                .isGreaterThanOrEqualTo(70);
        // Whatever a quote is found to be has such a code.
        assertThat(server.get(server.nativeApi().resolve("/actuator/prometheus"))
                        .body())
                .doesNotContain("evidence.malformed")
                .doesNotContain("evidence.not-an-enclave");
    }

    private static void assertProblem(String path, String body, int status, String code) {
        var answer = server.postJson(server.nativeApi().resolve(path), body);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(JsonMapper.shared().readTree(answer.body()).path("code").asString())
                .isEqualTo(code);
    }
}
