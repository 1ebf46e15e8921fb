package io.attested.sms.bench.conformance.faulty;

import io.attested.sms.bench.conformance.Scene;
import io.attested.sms.bench.conformance.Service;
import io.attested.sms.bench.testbed.Framework;
import io.attested.sms.bench.testbed.ScenarioFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Answers every request the same, or closes every connection without an answer. */
final class DumbServer implements AutoCloseable {
    private static final int SLOW_MILLIS = 1000;

    private final ServerSocket socket;
    private final Optional<Message> answer;

    private DumbServer(ServerSocket socket, Optional<Message> answer) {
        this.socket = socket;
        this.answer = answer;
    }

    static DumbServer answering(Message answer) {
        return start(Optional.of(answer));
    }

    static DumbServer silent() {
        return start(Optional.empty());
    }

    private static DumbServer start(Optional<Message> answer) {
        try {
            DumbServer server = new DumbServer(new ServerSocket(0, 512, InetAddress.getLoopbackAddress()), answer);
            Thread.ofVirtual().start(server::accept);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A scenario's chain and stores, with this server in the place of its service. */
    Scene scene(ScenarioFile scenario) {
        URI url = URI.create("http://localhost:" + socket.getLocalPort());
        Map<Framework, URI> listeners = new EnumMap<>(Framework.class);
        scenario.listeners().keySet().forEach(framework -> listeners.put(framework, url));
        ScenarioFile before = new ScenarioFile(
                scenario.format(),
                scenario.chain(),
                listeners,
                scenario.publishers(),
                scenario.provisioningUrls(),
                scenario.stores(),
                scenario.ipfs(),
                scenario.admin(),
                scenario.wallets(),
                scenario.pools(),
                scenario.pipelines(),
                scenario.tasks(),
                scenario.settings());
        return new Scene(
                Service.at(url, Duration.ofSeconds(5)),
                Optional.of(before),
                new Scene.Admin(Optional.of("key"), Optional.of("/backup"), true, true),
                new SecureRandom());
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setSoTimeout(SLOW_MILLIS);
            Framing requests = new Framing(new BufferedInputStream(client.getInputStream()));
            boolean more = answer.isPresent();
            while (more && requests.begins()) {
                Optional<Message> request = requests.request();
                client.getOutputStream().write(answer.orElseThrow().bytes());
                client.getOutputStream().flush();
                more = request.flatMap(one -> one.header("Connection"))
                                .filter("close"::equalsIgnoreCase)
                                .isEmpty()
                        && request.isPresent();
            }
        } catch (IOException gone) {
            // The client has seen enough.
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
