package io.attested.sms.standin;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * A small HTTP/1.1 server on a real loopback socket, plain or with TLS, that does exactly what its handler says.
 *
 * <p>Guarantee: {@link #received} shows requests as they were sent, the latest 512; {@link #requests} counts all.
 */
public final class StandInServer implements AutoCloseable {
    private static final int KEPT = 512;

    private final ServerSocket socket;
    private final String scheme;
    private final Handler handler;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger failedHandshakes = new AtomicInteger();
    private final AtomicLong requests = new AtomicLong();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Queue<Received> received = new ArrayDeque<>();

    private StandInServer(ServerSocket socket, String scheme, Handler handler) {
        this.socket = socket;
        this.scheme = scheme;
        this.handler = handler;
    }

    /** Decides about a request; called by one thread a connection. */
    @FunctionalInterface
    public interface Handler {
        Reply reply(Received request);
    }

    /** Whether a TLS server asks its clients for a certificate, and fails the handshake of those without. */
    public enum ClientCertificate {
        NOT_ASKED,
        OPTIONAL,
        REQUIRED
    }

    /** A server without TLS; port 0 takes a free one. */
    public static StandInServer plain(int port, Handler handler) {
        try {
            ServerSocket socket = new ServerSocket(port, KEPT, InetAddress.getLoopbackAddress());
            return new StandInServer(socket, "http", handler).accepting();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server with TLS 1.3 or 1.2; port 0 takes a free one. */
    public static StandInServer tls(int port, TlsIdentity identity, ClientCertificate asked, Handler handler) {
        try {
            SSLServerSocket socket = (SSLServerSocket) StandInTls.context(identity)
                    .getServerSocketFactory()
                    .createServerSocket(port, KEPT, InetAddress.getLoopbackAddress());
            socket.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
            socket.setWantClientAuth(asked == ClientCertificate.OPTIONAL);
            if (asked == ClientCertificate.REQUIRED) {
                socket.setNeedClientAuth(true);
            }
            return new StandInServer(socket, "https", handler).accepting();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code scheme://localhost:port} without a slash at the end. */
    public URI url() {
        return URI.create(scheme + "://localhost:" + port());
    }

    /** The port it listens on. */
    public int port() {
        return socket.getLocalPort();
    }

    /** Connections accepted so far, failed handshakes included. */
    public int connections() {
        return connections.get();
    }

    /** Handshakes that failed. */
    public int failedHandshakes() {
        return failedHandshakes.get();
    }

    /** Requests received so far. */
    public long requests() {
        return requests.get();
    }

    /** The latest requests, in the order they came. */
    public List<Received> received() {
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    private StandInServer accepting() {
        Thread.ofVirtual().start(() -> {
            while (!socket.isClosed()) {
                try {
                    Socket connection = socket.accept();
                    open.add(connection);
                    // A connection may be accepted while close() is under way, after it has closed the others.
                    if (socket.isClosed()) {
                        connection.close();
                        return;
                    }
                    int number = connections.incrementAndGet();
                    Thread.ofVirtual().start(() -> serve(connection, number));
                } catch (IOException closed) {
                    return;
                }
            }
        });
        return this;
    }

    private void serve(Socket connection, int number) {
        try (connection) {
            connection.setTcpNoDelay(true);
            Optional<X509Certificate> peer = handshake(connection);
            RequestReader reader = new RequestReader(new BufferedInputStream(connection.getInputStream()));
            OutputStream out = new BufferedOutputStream(connection.getOutputStream());
            boolean more = true;
            while (more) {
                Optional<Received> request = reader.next(number, peer);
                if (request.isEmpty()) {
                    return;
                }
                keep(request.get());
                more = new ReplyWriter(out).write(handler.reply(request.get()));
            }
        } catch (IOException gone) {
            // The client left, or the stand-in is being closed; what was received stays recorded.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(connection);
        }
    }

    private Optional<X509Certificate> handshake(Socket connection) throws IOException {
        if (!(connection instanceof SSLSocket secured)) {
            return Optional.empty();
        }
        try {
            secured.startHandshake();
        } catch (IOException e) {
            failedHandshakes.incrementAndGet();
            throw e;
        }
        try {
            return Optional.of((X509Certificate) secured.getSession().getPeerCertificates()[0]);
        } catch (SSLException noCertificate) {
            return Optional.empty();
        }
    }

    private void keep(Received request) {
        requests.incrementAndGet();
        synchronized (received) {
            if (received.size() == KEPT) {
                received.remove();
            }
            received.add(request);
        }
    }

    /** Closes every connection as well. */
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

    /** ASCII bytes of a text that is sent as it is. */
    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
