package io.attested.sms.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.contracts.testbed.Wallet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients that stop in the middle delay nobody, and are let go when the service's patience ends: after 10 s without a byte,
 * after 20 s for a whole body.
 */
@Timeout(300)
class SlowClientsTest {
    /** Less than the service waits for a silent client, so nobody has waited for one. */
    private static final Duration SHORT = Duration.ofSeconds(9);

    /** The service waits 10 s for what is missing and, after its refusal, 10 s for the rest; and a margin. */
    private static final Duration LET_GO = Duration.ofSeconds(90);

    private static final int HALF_SENT = 300;
    private static final int IDLE = 1000;
    private static final int SLOW_READERS = 20;

    /** Answers of 50 KB. */
    private static final int UNREAD = 10;

    private static final String ADDRESS = "0x" + "bb".repeat(20);
    private static final String GET = "GET %s HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String ABSENT = "HEAD /secrets/web3?secretAddress=" + ADDRESS + " HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String DOCUMENT = "/v3/api-docs";
    private static final String HEAD = " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Authorization: 0x" + "11".repeat(64) + "1b\r\n";

    @TempDir
    private static Path folder;

    private static ServedChain served;
    private static RunningServer server;
    private static String task;

    private final List<Socket> sockets = new ArrayList<>();

    @BeforeAll
    static void start() {
        served = ServedChain.start(folder, Map.of("sms.chain.max-silence", "5m"));
        server = served.server();
        task = served.story()
                .initialize(
                        served.story().match(served.story().terms(served.story().createApp("ab".repeat(32)))), 0);
        served.awaitHead();
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    @AfterEach
    void hangUp() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private Socket open(URI base, String bytes) throws IOException {
        return open(base, new Socket(), bytes);
    }

    private Socket open(URI base, Socket socket, String bytes) throws IOException {
        sockets.add(socket);
        socket.connect(new InetSocketAddress(base.getHost(), base.getPort()), 10_000);
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return socket;
    }

    /** One of every request that has a body: its path, and where it is served. */
    private static List<Map.Entry<String, URI>> requests() {
        String account = "/secrets/web2?ownerAddress=" + ADDRESS + "&secretName=n";
        return List.of(
                Map.entry("POST /tee/sessions", server.scone()),
                Map.entry("POST /tee/challenges/" + task, server.tdx()),
                Map.entry("POST " + account, server.scone()),
                Map.entry("PUT " + account, server.tdx()),
                Map.entry("POST /secrets/web3?secretAddress=" + ADDRESS, server.scone()),
                Map.entry("POST /apps/" + ADDRESS + "/secrets", server.tdx()),
                Map.entry("POST /requesters/" + ADDRESS + "/secrets/n", server.scone()),
                Map.entry("POST /v1/challenges", server.nativeApi()),
                Map.entry("POST /v1/grants", server.nativeApi()));
    }

    /** Every other one sends chunks. */
    private List<Socket> halfSentBodies() throws IOException {
        List<Socket> opened = new ArrayList<>();
        for (int i = 0; i < HALF_SENT; i++) {
            Map.Entry<String, URI> request = requests().get(i % requests().size());
            String rest = i % 2 == 0
                    ? "Content-Length: 2000\r\n\r\n{\"chainTaskId\":"
                    : "Transfer-Encoding: chunked\r\n\r\n100\r\n{\"chainTaskId\":";
            opened.add(open(request.getValue(), request.getKey() + HEAD + rest));
        }
        return opened;
    }

    private List<Socket> halfSentHeaders() throws IOException {
        List<Socket> opened = new ArrayList<>();
        for (int i = 0; i < HALF_SENT; i++) {
            Map.Entry<String, URI> request = requests().get(i % requests().size());
            String all = request.getKey() + HEAD;
            opened.add(open(request.getValue(), all.substring(0, 1 + i % (all.length() - 1))));
        }
        return opened;
    }

    /** Connections that have asked once and got their answer. */
    private List<Socket> idle() throws IOException {
        List<Socket> opened = new ArrayList<>();
        for (int i = 0; i < IDLE; i++) {
            opened.add(open(i % 2 == 0 ? server.scone() : server.tdx(), ABSENT));
        }
        for (Socket connection : opened) {
            connection.setSoTimeout((int) LET_GO.toMillis());
            StringBuilder answer = new StringBuilder();
            while (answer.indexOf("\r\n\r\n") < 0) {
                int next = connection.getInputStream().read();
                assertThat(next).as(answer.toString()).isNotNegative();
                answer.append((char) next);
            }
        }
        return opened;
    }

    /** Connections that ask for much and read nothing, with as little room for it as the system allows. */
    private void openSlowReaders() throws IOException {
        for (int i = 0; i < SLOW_READERS; i++) {
            Socket reader = new Socket();
            reader.setReceiveBufferSize(2048);
            open(server.scone(), reader, GET.formatted(DOCUMENT).repeat(UNREAD));
        }
        // Once this is answered, what those before it asked for has been worked on until nothing more could be sent.
        server.get(server.scone().resolve("/actuator/health"));
    }

    @Test
    void halfSentRequestsDelayNobodyAndAreLetGo() throws Exception {
        try (LoggedLines log = LoggedLines.capture()) {
            List<Socket> bodies = halfSentBodies();
            List<Socket> headers = halfSentHeaders();
            Socket dripping = open(server.scone(), "POST /tee/sessions" + HEAD + "Content-Length: 2000\r\n\r\n");
            Thread.ofVirtual().start(() -> drip(dripping));
            assertOthersAreServed();
            long end = System.nanoTime() + LET_GO.toNanos();
            for (Socket body : bodies) {
                String answer = everything(body, end);
                assertThat(answer).matches("(?s)HTTP/1.1 4[0-9][0-9] .*");
            }
            for (Socket header : headers) {
                everything(header, end);
            }
            dripping.setSoTimeout((int) LET_GO.toMillis());
            assertThat(new String(dripping.getInputStream().readNBytes(13), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 408 ");
            assertOthersAreServed();
            assertThat(log.traces()).isEmpty();
            assertThat(log.lines()).noneMatch(line -> line.contains("ERROR"));
        }
    }

    @Test
    void idleConnectionsAndSlowReadersDelayNobody() throws Exception {
        List<Socket> idle = idle();
        openSlowReaders();
        assertOthersAreServed();
        long end = System.nanoTime() + LET_GO.toNanos();
        for (Socket connection : idle) {
            assertThat(everything(connection, end)).isEmpty();
        }
        assertOthersAreServed();
    }

    /** Sends a blank now and then, until the service answers. */
    private static void drip(Socket socket) {
        try {
            while (socket.getInputStream().available() == 0) {
                socket.getOutputStream().write(' ');
                Thread.sleep(500);
            }
        } catch (IOException gone) {
            // The service or the test has closed the connection.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Of every kind of request, with and without the chain, while the others hang. */
    private static void assertOthersAreServed() {
        for (int i = 0; i < 3; i++) {
            Wallet somebody = Wallet.random(new SecureRandom());
            assertShort(204, Pushes.accountPush(server.scone(), somebody, "token", "value"));
            assertShort(204, Pushes.head(Pushes.account(server.tdx(), somebody.address(), "token")));
            assertShort(200, HttpRequest.newBuilder(server.tdx().resolve("/tee/framework")));
            assertShort(200, HttpRequest.newBuilder(server.nativeApi().resolve("/v1/service")));
            assertShort(200, Asking.challenge(server.scone(), task));
        }
    }

    private static void assertShort(int status, HttpRequest.Builder request) {
        long start = System.nanoTime();
        assertThat(server.send(request).statusCode()).isEqualTo(status);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SHORT);
    }

    /** What the service sends until it closes the connection. */
    private static String everything(Socket socket, long end) throws IOException {
        socket.setSoTimeout((int) Math.max(1, (end - System.nanoTime()) / 1_000_000));
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(answer);
        } catch (SocketTimeoutException open) {
            throw new AssertionError("the service has not closed a connection after " + LET_GO, open);
        } catch (SocketException reset) {
            // What came before counts all the same.
        }
        return answer.toString(StandardCharsets.UTF_8);
    }
}
