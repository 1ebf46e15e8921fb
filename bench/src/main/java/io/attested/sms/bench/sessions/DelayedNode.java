package io.attested.sms.bench.sessions;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A way to a node that takes time: a TCP proxy that hands every byte on half a round trip after it came, in both
 * directions. Nothing waits for anything else, so it delays and does not slow.
 */
final class DelayedNode implements AutoCloseable {
    private static final int BLOCK = 65_536;

    private final ServerSocket socket;
    private final URI node;
    private final Duration oneWay;

    private DelayedNode(ServerSocket socket, URI node, Duration oneWay) {
        this.socket = socket;
        this.node = node;
        this.oneWay = oneWay;
    }

    /** @param roundTrip added to every exchange with {@code node} */
    static DelayedNode before(URI node, Duration roundTrip) throws IOException {
        DelayedNode delayed = new DelayedNode(
                new ServerSocket(0, 256, InetAddress.getLoopbackAddress()), node, roundTrip.dividedBy(2));
        Thread.ofVirtual().start(delayed::accept);
        return delayed;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    private record Block(long due, byte[] bytes) {}

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Socket server = new Socket(node.getHost(), node.getPort());
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                carry(client, server);
                carry(server, client);
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void carry(Socket from, Socket to) {
        BlockingQueue<Block> underWay = new LinkedBlockingQueue<>();
        Thread.ofVirtual().start(() -> read(from, underWay));
        Thread.ofVirtual().start(() -> write(underWay, to));
    }

    private void read(Socket from, BlockingQueue<Block> underWay) {
        try {
            InputStream in = from.getInputStream();
            byte[] block = new byte[BLOCK];
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                underWay.add(new Block(System.nanoTime() + oneWay.toNanos(), Arrays.copyOf(block, read)));
            }
        } catch (IOException gone) {
            // The other side hears of it below.
        }
        underWay.add(new Block(System.nanoTime() + oneWay.toNanos(), new byte[0]));
    }

    private static void write(BlockingQueue<Block> underWay, Socket to) {
        try (to) {
            OutputStream out = to.getOutputStream();
            for (Block block = underWay.take(); block.bytes().length > 0; block = underWay.take()) {
                Thread.sleep(Duration.ofNanos(Math.max(0, block.due() - System.nanoTime())));
                out.write(block.bytes());
                out.flush();
            }
        } catch (IOException gone) {
            // Closing is all that is left to do.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
