package io.attested.sms.scenario;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends bytes as they are over a connection of its own: what an HTTP client would refuse to send. */
final class RawHttp {
    private static final int PATIENCE_MILLIS = 15_000;

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: ([0-9]+)");

    private RawHttp() {}

    /** What came back, one whole answer, or what came before the server closed the connection. */
    record Answer(int status, String head, String body) {}

    /** Sends and reads; the text must ask for {@code Connection: close} if the server would else wait for more. */
    static Answer exchange(URI server, byte[] bytes) {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            try {
                socket.getOutputStream().write(bytes);
                socket.getOutputStream().flush();
            } catch (SocketException refusedBeforeTheEnd) {
                return parse(received(socket));
            }
            return parse(received(socket));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Answer exchange(URI server, String text) {
        return exchange(server, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Reads one whole answer; a server may keep reading what it refused before it closes. */
    private static String received(Socket socket) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try {
            while (!isWhole(all.toString(StandardCharsets.ISO_8859_1))) {
                int n = socket.getInputStream().read(buffer);
                if (n < 0) {
                    break;
                }
                all.write(buffer, 0, n);
            }
        } catch (SocketException reset) {
            // A server that closes while bytes are under way resets the connection; what came before counts.
            return all.toString(StandardCharsets.UTF_8);
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    private static boolean isWhole(String text) {
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return false;
        }
        if (text.startsWith("HTTP/1.1 100")) {
            return isWhole(text.substring(end + 4));
        }
        Matcher length = LENGTH.matcher(text.substring(0, end));
        return length.find()
                ? text.length() >= end + 4 + Integer.parseInt(length.group(1))
                : text.endsWith("\r\n0\r\n\r\n");
    }

    private static Answer parse(String text) {
        int end = text.indexOf("\r\n\r\n");
        if (end < 0 || !text.startsWith("HTTP/1.1 ")) {
            return new Answer(0, text, "");
        }
        String head = text.substring(0, end);
        if (head.startsWith("HTTP/1.1 100")) {
            return parse(text.substring(end + 4));
        }
        String body = text.substring(end + 4);
        return new Answer(
                Integer.parseInt(head.substring(9, 12)),
                head,
                head.toLowerCase(java.util.Locale.ROOT).contains("transfer-encoding: chunked")
                        ? dechunked(body)
                        : body);
    }

    private static String dechunked(String body) {
        StringBuilder plain = new StringBuilder();
        String rest = body;
        while (rest.contains("\r\n")) {
            int size = Integer.parseInt(rest.substring(0, rest.indexOf("\r\n")), 16);
            int from = rest.indexOf("\r\n") + 2;
            plain.append(rest, from, Math.min(rest.length(), from + size));
            rest = size == 0 ? "" : rest.substring(Math.min(rest.length(), from + size + 2));
        }
        return plain.toString();
    }
}
