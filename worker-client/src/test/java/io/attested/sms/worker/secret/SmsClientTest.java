package io.attested.sms.worker.secret;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.worker.ethereum.TestWallets;
import io.attested.sms.worker.ethereum.Wallet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmsClientTest {
    private static final Wallet OWNER = TestWallets.of("11");
    private static final SecretTarget.OfAccount TARGET =
            new SecretTarget.OfAccount(OWNER.address(), "iexec-result-dropbox-token");

    private final Deque<Integer> statuses = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(String.join(
                    " ",
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                    body));
            exchange.sendResponseHeaders(statuses.removeFirst(), -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        http.close();
    }

    @Test
    void pushSendsTheBytesTheSdkSends() {
        statuses.add(204);
        assertThat(push()).isEqualTo(new PushOutcome.Stored());
        assertThat(requests)
                .containsExactly("POST /secrets/web2?ownerAddress=0x19e7e376e7c213b7e7e7e46cc70a5dd086daff2a"
                        + "&secretName=iexec-result-dropbox-token "
                        + "0x3fe5f60e569a92fa4454480e1549240bc1feeb64e7f996e4415b87750700ab190895ff14c07b765af1e19b1ee5f45"
                        + "044ef6d605f1802b6f512b321429c2e70d81c my-token");
    }

    @ParameterizedTest
    @CsvSource({
        "200,Stored",
        "401,NotAllowed",
        "404,NothingToReplace",
        "409,AlreadyExists",
        "413,TooLarge",
        "400,Unexpected",
        "500,Unavailable",
        "503,Unavailable"
    })
    void pushReadsEachStatus(int status, String outcome) {
        statuses.add(status);
        assertThat(push().getClass().getSimpleName()).isEqualTo(outcome);
    }

    @Test
    void replaceWhenThereIsSomethingThenOnePut() {
        statuses.add(204);
        assertThat(replace()).isEqualTo(new PushOutcome.Stored());
        assertThat(requests).singleElement().asString().startsWith("PUT ");
    }

    @Test
    void replaceWhenThereIsNothingThenPost() {
        statuses.addAll(List.of(404, 204));
        assertThat(replace()).isEqualTo(new PushOutcome.Stored());
        assertThat(requests).extracting(line -> line.substring(0, 4)).containsExactly("PUT ", "POST");
    }

    @ParameterizedTest
    @CsvSource({"204,Present", "404,Absent", "400,Unknown", "503,Unknown"})
    void presenceReadsEachStatus(int status, String presence) {
        statuses.add(status);
        assertThat(client().presence(TARGET).getClass().getSimpleName()).isEqualTo(presence);
        assertThat(requests).singleElement().asString().startsWith("HEAD ");
    }

    @Test
    void pushWhenNobodyListensThenUnavailable() {
        server.stop(0);
        assertThat(push()).isInstanceOf(PushOutcome.Unavailable.class);
    }

    private PushOutcome push() {
        return client().push(TARGET, SecretBytes.ofUtf8("my-token"), OWNER);
    }

    private PushOutcome replace() {
        return client().replace(TARGET, SecretBytes.ofUtf8("my-token"), OWNER);
    }

    private SmsClient client() {
        return new SmsClient(
                http, URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }
}
