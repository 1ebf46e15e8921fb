package io.attested.sms.standin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads HTTP/1.1 requests strictly (RFC 9112): lines end with CR LF, a body has a length or is chunked. */
final class RequestReader {
    private static final int MAX_LINE = 16_384;
    private static final int MAX_BODY = 16 * 1024 * 1024;

    private final InputStream in;

    RequestReader(InputStream in) {
        this.in = in;
    }

    /** The next request; nothing when the client closed the connection between two. */
    Optional<Received> next(int connection, Optional<X509Certificate> peer) throws IOException {
        String first = line();
        if (first.isEmpty()) {
            return Optional.empty();
        }
        String[] parts = first.split(" ", -1);
        if (parts.length != 3 || !parts[2].equals("HTTP/1.1")) {
            throw new IOException("no HTTP/1.1 request line");
        }
        List<Received.Header> headers = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("a header without a colon");
            }
            headers.add(new Received.Header(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        Received head = new Received(connection, parts[0], parts[1], headers, new byte[0], peer);
        return Optional.of(new Received(connection, parts[0], parts[1], headers, body(head), peer));
    }

    private byte[] body(Received head) throws IOException {
        if (head.header("Transfer-Encoding")
                .map(String::strip)
                .filter("chunked"::equalsIgnoreCase)
                .isPresent()) {
            return chunks();
        }
        Optional<String> length = head.header("Content-Length");
        return length.isEmpty() ? new byte[0] : exactly(number(length.get(), 10));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = number(line(), 16); size > 0; size = number(line(), 16)) {
            if (body.size() + size > MAX_BODY) {
                throw new IOException("the body is too long");
            }
            body.write(exactly(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private static int number(String text, int radix) throws IOException {
        try {
            int number = Integer.parseInt(text.strip(), radix);
            if (number >= 0 && number <= MAX_BODY) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IOException("a length that is no number", e);
        }
        throw new IOException("the body is too long");
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new IOException("the body ends early");
        }
        return bytes;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int next = in.read();
            if (next < 0 && line.size() == 0) {
                return "";
            }
            if (next < 0 || next == '\n' || line.size() > MAX_LINE) {
                throw new IOException("a line without CR LF");
            }
            if (next == '\r') {
                if (in.read() != '\n') {
                    throw new IOException("CR without LF");
                }
                return line.toString(StandardCharsets.ISO_8859_1);
            }
            line.write(next);
        }
    }
}
