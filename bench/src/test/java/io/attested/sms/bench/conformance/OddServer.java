package io.attested.sms.bench.conformance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A server that answers every request with the bytes it is told, and closes then if it is told so. */
final class OddServer implements AutoCloseable {
    private final ServerSocket socket;
    private final Function<String, byte[]> answers;
    private final boolean keeps;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();

    private OddServer(ServerSocket socket, Function<String, byte[]> answers, boolean keeps) {
        this.socket = socket;
        this.answers = answers;
        this.keeps = keeps;
    }

    /** Answers the same and closes the connection after it. */
    static OddServer once(String answer) {
        return start(request -> answer.getBytes(StandardCharsets.ISO_8859_1), false);
    }

    /** Answers each request head and keeps the connection. */
    static OddServer keeping(Function<String, String> answers) {
        return start(request -> answers.apply(request).getBytes(StandardCharsets.ISO_8859_1), true);
    }

    static OddServer start(Function<String, byte[]> answers, boolean keeps) {
        try {
            OddServer server = new OddServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), answers, keeps);
            Thread.ofVirtual().start(server::accept);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = socket.accept();
                connections.add(connection);
                Thread.ofVirtual().start(() -> serve(connection));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            do {
                String head = head(connection.getInputStream());
                if (head.isEmpty()) {
                    return;
                }
                requests.add(head);
                connection.getOutputStream().write(answers.apply(head));
                connection.getOutputStream().flush();
            } while (keeps);
        } catch (IOException gone) {
            // The client has seen enough.
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0; c = in.read()) {
            head.write(c);
            if (head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                return head.toString(StandardCharsets.ISO_8859_1);
            }
        }
        return "";
    }

    /** The heads of requests received. */
    List<String> requests() {
        return requests;
    }

    /** Connections accepted. */
    int connections() {
        return connections.size();
    }

    URI url() {
        return URI.create("http://localhost:" + socket.getLocalPort());
    }

    @Override
    public void close() {
        try {
            socket.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
