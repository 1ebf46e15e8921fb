package io.attested.sms.bench.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the kit's client sends and how it reads what comes, proper or not. */
class ServiceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static Seen seen(String answer, Request request) {
        try (OddServer server = OddServer.once(answer);
                Service service = Service.at(server.url(), PATIENCE)) {
            return service.send(request);
        }
    }

    private static Answer answer(String answer, Request request) {
        Seen seen = seen(answer, request);
        assertThat(seen).isInstanceOf(Answer.class);
        return (Answer) seen;
    }

    @Test
    void requestGoesOutAsItIsWritten() {
        try (OddServer server = OddServer.once("HTTP/1.1 204 No Content\r\n\r\n");
                Service service = Service.at(server.url(), PATIENCE)) {
            service.send(Request.post("/a%zz?b=\u0001")
                    .header("X-A", "1")
                    .header("x-a", "2")
                    .body(Content.utf8("é")));
            assertThat(server.requests())
                    .containsExactly("POST /a%zz?b=\u0001 HTTP/1.1\r\nHost: localhost:"
                            + server.url().getPort() + "\r\nX-A: 1\r\nx-a: 2\r\nContent-Length: 2\r\n\r\n");
        }
    }

    @Test
    void lengthOfOnesOwnIsNotReplaced() {
        byte[] bytes = Request.post("/")
                .header("content-length", "7")
                .body(Content.utf8("a"))
                .bytes("h");
        assertThat(new String(bytes, StandardCharsets.UTF_8))
                .isEqualTo("POST / HTTP/1.1\r\nHost: h\r\ncontent-length: 7\r\n\r\na");
    }

    @Test
    void bodyEndsWhereItsLengthSays() {
        Answer answer = answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX: a\r\nx: b\r\n\r\nabc", Request.get("/"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("ab");
        assertThat(answer.headers("X")).containsExactly("a", "b");
        assertThat(answer.header("X")).isEmpty();
        assertThat(answer.header("content-length")).contains("2");
    }

    @Test
    void chunksAreJoined() {
        String chunked =
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n";
        assertThat(answer(chunked, Request.get("/")).body()).isEqualTo("abc0123456789");
        assertThat(answer(chunked, Request.get("/").closing()).body()).isEqualTo("abc0123456789");
    }

    @Test
    void bodyThatMustNotBeThereIsSeenOnTheLastRequestOfAConnection() {
        String noContent = "HTTP/1.1 204 No Content\r\n\r\nsurplus";
        assertThat(answer(noContent, Request.post("/").closing()).body()).isEqualTo("surplus");
        String head = "HTTP/1.1 404 Not Found\r\nContent-Length: 7\r\n\r\nsurplus";
        assertThat(answer(head, Request.head("/").closing()).body()).isEqualTo("surplus");
        String proper = "HTTP/1.1 404 Not Found\r\nContent-Length: 7\r\n\r\n";
        assertThat(answer(proper, Request.head("/").closing()).body()).isEmpty();
    }

    @Test
    void interimAnswersAreSkipped() {
        assertThat(answer(
                                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n",
                                Request.get("/"))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void connectionIsUsedAgainUntilTheServiceClosesIt() {
        try (OddServer server = OddServer.keeping(request -> request.contains("/last")
                        ? "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
                        : "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                Service service = Service.at(server.url(), PATIENCE)) {
            service.send(Request.get("/a"));
            service.send(Request.get("/b"));
            assertThat(server.connections()).isEqualTo(1);
            service.send(Request.get("/last"));
            service.send(Request.get("/c"));
            assertThat(server.connections()).isEqualTo(2);
            assertThat(service.exchanges()).isEqualTo(4);
        }
    }

    @Test
    void connectionClosedMeanwhileIsReplaced() {
        try (OddServer server = OddServer.once("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                Service service = Service.at(server.url(), PATIENCE)) {
            for (int i = 0; i < 3; i++) {
                assertThat(service.send(Request.get("/"))).isInstanceOf(Answer.class);
            }
            assertThat(server.connections()).isEqualTo(3);
        }
    }

    @Test
    void answerThatDoesNotComeIsSilenceInTime() {
        try (OddServer server = OddServer.keeping(request -> "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab");
                Service service = Service.at(server.url(), Duration.ofMillis(300))) {
            long start = System.nanoTime();
            assertThat(service.send(Request.get("/"))).isInstanceOf(Seen.Silence.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
        }
    }

    @Test
    void bodyThatIsNotTakenIsSilenceInTime() {
        try (OddServer server = OddServer.keeping(request -> "");
                Service service = Service.at(server.url(), Duration.ofMillis(300))) {
            long start = System.nanoTime();
            Request large = Request.post("/").body(Content.of(new byte[50_000_000]));
            assertThat(service.send(large)).isInstanceOf(Seen.Silence.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
        }
    }

    @Test
    void longAnswersAreShortenedBetweenCharacters() {
        for (int letters = 60; letters < 64; letters++) {
            String body = "x".repeat(letters) + "🔑".repeat(200);
            String words = new Answer("/", 200, List.of(), Content.utf8(body), Duration.ZERO).words();
            assertThat(words).endsWith("…").hasSizeLessThan(150);
            assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(words)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1",
                "HTTP/2 200 OK\r\n\r\n",
                "HTTP/1.1 2000 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\n: nameless\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"
            })
    void whatIsNoAnswerIsSilence(String bytes) {
        assertThat(seen(bytes, Request.get("/"))).isInstanceOf(Seen.Silence.class);
    }

    @Test
    void changedBytesNeverBreakTheReader() {
        Random random = new Random(5);
        String proper = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "6\r\n{\"a\":1\r\n1\r\n}\r\n0\r\n\r\n";
        try (OddServer server = OddServer.start(request -> mutated(proper, random), false);
                Service service = Service.at(server.url(), Duration.ofSeconds(2))) {
            for (int i = 0; i < 300; i++) {
                Seen seen = service.send(
                        i % 2 == 0 ? Request.get("/") : Request.head("/").closing());
                assertThat(seen.words()).isNotEmpty();
            }
        }
    }

    private static byte[] mutated(String text, Random random) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return java.util.Arrays.copyOf(bytes, random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length);
    }

    @Test
    void togetherAnswersInTheOrderOfTheRequests() {
        try (OddServer server = OddServer.keeping(
                        request -> "HTTP/1.1 20" + request.charAt(5) + " Fine\r\nContent-Length: 0\r\n\r\n");
                Service service = Service.at(server.url(), PATIENCE)) {
            List<Seen> seen = service.sendTogether(List.of(Request.get("/1"), Request.get("/2"), Request.get("/3")));
            assertThat(Seen.statuses(seen).words()).isEqualTo("201, 202, 203");
            assertThat(Seen.sortedStatuses(seen.reversed()).words()).isEqualTo("201, 202, 203");
        }
    }

    @Test
    void nobodyThereIsSilence() {
        OddServer gone = OddServer.once("");
        gone.close();
        try (Service service = Service.at(gone.url(), PATIENCE)) {
            assertThat(service.send(Request.get("/"))).isInstanceOf(Seen.Silence.class);
            assertThat(service.exchanges()).isZero();
        }
    }
}
