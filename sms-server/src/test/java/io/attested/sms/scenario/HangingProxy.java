package io.attested.sms.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a node and, when told to, forwards nothing more while it keeps every connection open. */
final class HangingProxy implements AutoCloseable {
    private final ServerSocket server;
    private final URI node;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger swallowed = new AtomicInteger();
    private volatile boolean hanging;
    private volatile boolean refusing;

    private HangingProxy(ServerSocket server, URI node) {
        this.server = server;
        this.node = node;
    }

    static HangingProxy before(URI node) {
        try {
            ServerSocket server = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
            HangingProxy proxy = new HangingProxy(server, node);
            Thread.ofVirtual().start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** Whether the node hangs. Connections that did keep hanging. */
    void hang(boolean now) {
        hanging = now;
        refusing = false;
    }

    /** How often bytes have come that were not forwarded. */
    int swallowed() {
        return swallowed.get();
    }

    /** Ends every connection, and each later one at once; whoever waits for an answer learns that none comes. */
    void cut() throws IOException {
        refusing = true;
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                if (refusing) {
                    client.close();
                    continue;
                }
                Socket upstream = new Socket(node.getHost(), node.getPort());
                sockets.addAll(List.of(client, upstream));
                Thread.ofVirtual().start(() -> forward(client, upstream));
                Thread.ofVirtual().start(() -> forward(upstream, client));
            }
        } catch (IOException closed) {
            // The test is over.
            return;
        }
    }

    private void forward(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] buffer = new byte[8192];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (refusing) {
                    return;
                }
                if (hanging) {
                    swallowed.incrementAndGet();
                } else {
                    out.write(buffer, 0, n);
                    out.flush();
                }
            }
        } catch (IOException closed) {
            // One side has left, and closing both streams lets the other go.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }
}
