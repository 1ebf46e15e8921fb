package io.attested.sms.bench.conformance.faulty;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A reverse proxy before one port of a server, with the fault that is switched on. A request it cannot take apart, or that
 * comes slowly, is handed on byte by byte, and so is what follows it.
 */
final class FaultyProxy implements AutoCloseable {
    private static final int SLOW_MILLIS = 1000;

    private final ServerSocket socket;
    private final URI server;
    private final AtomicReference<@Nullable Fault> fault;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private FaultyProxy(ServerSocket socket, URI server, AtomicReference<@Nullable Fault> fault) {
        this.socket = socket;
        this.server = server;
        this.fault = fault;
    }

    /**
     * @param fault the one that is switched on at the time of a request; null for none
     */
    static FaultyProxy before(URI server, AtomicReference<@Nullable Fault> fault) {
        try {
            FaultyProxy proxy =
                    new FaultyProxy(new ServerSocket(0, 512, InetAddress.getLoopbackAddress()), server, fault);
            Thread.ofVirtual().start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its own address, with the server's path. */
    URI url() {
        return URI.create("http://localhost:" + socket.getLocalPort() + server.getPath());
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                open.add(client);
                // A connection may be accepted while close() is under way, after it has closed the others.
                if (socket.isClosed()) {
                    client.close();
                    return;
                }
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket upstream = new Socket(server.getHost(), server.getPort())) {
            open.add(upstream);
            client.setTcpNoDelay(true);
            upstream.setTcpNoDelay(true);
            exchange(client, upstream);
            open.remove(upstream);
        } catch (IOException gone) {
            // One of the two closed the connection; the other is told by the same.
        } finally {
            open.remove(client);
        }
    }

    private void exchange(Socket client, Socket upstream) throws IOException {
        Framing requests = new Framing(new BufferedInputStream(client.getInputStream()));
        Framing answers = new Framing(new BufferedInputStream(upstream.getInputStream()));
        boolean more = true;
        while (more && requests.begins()) {
            client.setSoTimeout(SLOW_MILLIS);
            Optional<Message> request = requests.request();
            client.setSoTimeout(0);
            if (request.isEmpty()) {
                upstream.getOutputStream().write(requests.seen());
                upstream.getOutputStream().flush();
                requests.handOn(upstream);
                answers.drain(client);
                return;
            }
            Message answer = answer(request.get(), upstream, answers);
            client.getOutputStream().write(answer.bytes());
            client.getOutputStream().flush();
            more = !closes(request.get()) && !closes(answer);
        }
    }

    private Message answer(Message request, Socket upstream, Framing answers) throws IOException {
        Fault.Server faultless = sent -> {
            try {
                upstream.getOutputStream().write(sent.bytes());
                upstream.getOutputStream().flush();
                return answers.answer(sent);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        try {
            Fault now = fault.get();
            return now == null ? faultless.send(request) : now.exchange(request, faultless);
        } catch (UncheckedIOException e) {
            throw new IOException(e);
        }
    }

    private static boolean closes(Message message) {
        return message.header("Connection").filter("close"::equalsIgnoreCase).isPresent();
    }

    @Override
    public void close() {
        try {
            socket.close();
            for (Socket connection : open) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
