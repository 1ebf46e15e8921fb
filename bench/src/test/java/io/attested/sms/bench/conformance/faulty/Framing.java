package io.attested.sms.bench.conformance.faulty;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Optional;

/** Reads whole messages from a connection and keeps the bytes, so that what is no whole message can be handed on as it is. */
final class Framing {
    private static final int LONGEST_HEAD = 1 << 16;
    private static final int LONGEST_BODY = 1 << 20;

    private final InputStream in;
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

    Framing(InputStream in) {
        this.in = in;
    }

    /** Waits for the first byte of a message; false when none will come. */
    boolean begins() throws IOException {
        in.mark(1);
        boolean begins = in.read() >= 0;
        in.reset();
        return begins;
    }

    /** The bytes of the message read last, or of as much of it as came. */
    byte[] seen() {
        return seen.toByteArray();
    }

    /** The next request; nothing when it is of a form this proxy does not take apart, or comes too slowly. */
    Optional<Message> request() throws IOException {
        seen.reset();
        Optional<Message> head = head();
        if (head.isEmpty() || head.get().start().split(" ").length != 3) {
            return Optional.empty();
        }
        Message message = head.get();
        if (message.header("Transfer-Encoding").isPresent()
                || message.header("Expect").isPresent()) {
            return Optional.empty();
        }
        return length(message).flatMap(length -> body(message, length));
    }

    /** The answer to a request. */
    Message answer(Message request) throws IOException {
        seen.reset();
        Message head = head().orElseThrow(() -> new IOException("the server closed the connection"));
        int status = head.status();
        if (request.method().equals("HEAD") || status == 204 || status == 304) {
            return whole(head, new byte[0]);
        }
        if (head.header("Transfer-Encoding").isPresent()) {
            return whole(head, chunks());
        }
        if (head.header("Content-Length").isEmpty()) {
            return whole(head, kept(in.readAllBytes()));
        }
        return body(head, Integer.parseInt(head.header("Content-Length").get()))
                .orElseThrow(() -> new IOException("the server sent half an answer"));
    }

    private Message whole(Message head, byte[] body) {
        return new Message(head.start(), head.headers(), body, Optional.of(seen()));
    }

    private static Optional<Integer> length(Message message) {
        String text = message.header("Content-Length").orElse("0");
        return text.matches("[0-9]{1,7}") && Integer.parseInt(text) <= LONGEST_BODY
                ? Optional.of(Integer.parseInt(text))
                : Optional.empty();
    }

    private Optional<Message> body(Message head, int length) {
        try {
            byte[] body = kept(in.readNBytes(length));
            return body.length == length ? Optional.of(whole(head, body)) : Optional.empty();
        } catch (IOException slow) {
            return Optional.empty();
        }
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(line().split(";")[0].strip(), 16);
            body.writeBytes(kept(in.readNBytes(size)));
            line();
            if (size == 0) {
                return body.toByteArray();
            }
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (line.indexOf("\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the connection ended in a line");
            }
            seen.write(next);
            line.append((char) next);
        }
        return line.substring(0, line.length() - 2);
    }

    private byte[] kept(byte[] bytes) {
        seen.writeBytes(bytes);
        return bytes;
    }

    private Optional<Message> head() throws IOException {
        StringBuilder head = new StringBuilder();
        try {
            while (head.length() < LONGEST_HEAD) {
                int next = in.read();
                if (next < 0) {
                    return Optional.empty();
                }
                seen.write(next);
                head.append((char) next);
                if (next == '\n'
                        && head.length() >= 4
                        && head.substring(head.length() - 4).equals("\r\n\r\n")) {
                    List<String> lines =
                            List.of(head.substring(0, head.length() - 4).split("\r\n", -1));
                    return Optional.of(new Message(
                            lines.getFirst(), lines.subList(1, lines.size()), new byte[0], Optional.empty()));
                }
            }
        } catch (SocketTimeoutException slow) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** From now on hands on everything that comes, in a thread of its own. */
    void handOn(Socket to) {
        Thread.ofVirtual().start(() -> {
            try {
                drain(to);
                to.shutdownOutput();
            } catch (IOException gone) {
                // The other side closed; so will this one.
            }
        });
    }

    /** Hands on everything up to the end. */
    void drain(Socket to) throws IOException {
        byte[] buffer = new byte[8192];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            to.getOutputStream().write(buffer, 0, n);
            to.getOutputStream().flush();
        }
    }
}
