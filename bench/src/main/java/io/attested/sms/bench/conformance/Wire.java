package io.attested.sms.bench.conformance;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** One connection to a service: HTTP/1.1 (RFC 9112), as strict in reading as it is lax in sending. */
final class Wire implements AutoCloseable {
    private static final int LONGEST_LINE = 1 << 16;
    private static final int LONGEST_BODY = 1 << 24;
    private static final int CONTINUE = 100;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private final Socket socket;
    private final InputStream in;
    private final String host;
    private final Duration patience;

    private Wire(Socket socket, InputStream in, String host, Duration patience) {
        this.socket = socket;
        this.in = in;
        this.host = host;
        this.patience = patience;
    }

    /** @param service {@code http} or {@code https} address; a path in it is not used */
    static Wire to(URI service, Duration patience, SSLSocketFactory trust) throws IOException {
        boolean tls = "https".equals(service.getScheme());
        int port = service.getPort() >= 0 ? service.getPort() : tls ? 443 : 80;
        Socket plain = new Socket();
        try {
            plain.connect(new InetSocketAddress(service.getHost(), port), (int) patience.toMillis());
            plain.setTcpNoDelay(true);
            plain.setSoTimeout((int) patience.toMillis());
            Socket socket = tls ? secured(plain, trust, service.getHost(), port) : plain;
            return new Wire(socket, new BufferedInputStream(socket.getInputStream()), service.getAuthority(), patience);
        } catch (IOException failed) {
            plain.close();
            throw failed;
        }
    }

    /** Whose certificate is not believed is found out here, and not when the first answer fails to come. */
    private static Socket secured(Socket plain, SSLSocketFactory trust, String host, int port) throws IOException {
        SSLSocket tls = (SSLSocket) trust.createSocket(plain, host, port, true);
        var parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        tls.setSSLParameters(parameters);
        try {
            tls.startHandshake();
        } catch (SSLException refused) {
            throw new IOException("TLS failed, " + refused.getMessage(), refused);
        }
        return tls;
    }

    /** Sends and reads the answer; the connection is of no more use after an exception or {@link Request#closing}. */
    Answer exchange(Request request) throws IOException {
        return exchange(request, request.bytes(host));
    }

    /** Sends bytes as they are and reads one answer; whatever follows it is not read. */
    Answer raw(byte[] bytes) throws IOException {
        return exchange(Request.get(""), bytes);
    }

    private Answer exchange(Request request, byte[] bytes) throws IOException {
        long start = System.nanoTime();
        long deadline = start + patience.toNanos();
        try {
            write(bytes);
        } catch (IOException cutOff) {
            // Who refuses a body unread may close before all of it is sent; the answer is there all the same.
            return answer(request, start, deadline);
        }
        return answer(request, start, deadline);
    }

    /** A blocking write knows no time limit; closing the socket ends it. */
    private void write(byte[] bytes) throws IOException {
        Thread limit = Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(patience);
                close();
            } catch (InterruptedException written) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } finally {
            limit.interrupt();
        }
    }

    private Answer answer(Request request, long start, long deadline) throws IOException {
        int status;
        List<Request.Header> headers;
        do {
            status = status(line(deadline));
            headers = headers(deadline);
        } while (status == CONTINUE);
        Content content =
                request.last() ? rest(status, headers, deadline) : content(request, status, headers, deadline);
        return new Answer(request.target(), status, headers, content, Duration.ofNanos(System.nanoTime() - start));
    }

    private Content content(Request request, int status, List<Request.Header> headers, long deadline)
            throws IOException {
        if (request.method().equals("HEAD") || status == NO_CONTENT || status == NOT_MODIFIED) {
            return Content.empty();
        }
        return framed(headers, deadline);
    }

    /** Whatever comes up to the end, so that a body that must not be there is seen. */
    private Content rest(int status, List<Request.Header> headers, long deadline) throws IOException {
        boolean bodiless = status == NO_CONTENT || status == NOT_MODIFIED;
        return bodiless || !chunked(headers) ? read(LONGEST_BODY, deadline, true) : chunks(deadline);
    }

    private Content framed(List<Request.Header> headers, long deadline) throws IOException {
        if (chunked(headers)) {
            return chunks(deadline);
        }
        for (Request.Header header : headers) {
            if (header.name().equalsIgnoreCase("Content-Length")) {
                return read(number(header.value(), 10), deadline, false);
            }
        }
        return read(LONGEST_BODY, deadline, true);
    }

    private static boolean chunked(List<Request.Header> headers) {
        return headers.stream()
                .anyMatch(header -> header.name().equalsIgnoreCase("Transfer-Encoding")
                        && header.value().toLowerCase(Locale.ROOT).equals("chunked"));
    }

    private Content chunks(long deadline) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (true) {
            String line = line(deadline);
            // The answer to a HEAD says that it would be in chunks, and has none.
            if (line.isEmpty() && all.size() == 0) {
                return Content.empty();
            }
            int size = number(line.split(";", 2)[0].strip(), 16);
            if (size == 0) {
                headers(deadline);
                return Content.of(all.toByteArray());
            }
            all.writeBytes(read(size, deadline, false).bytes());
            if (all.size() > LONGEST_BODY || !line(deadline).isEmpty()) {
                throw new IOException("a chunk does not end where its size says");
            }
        }
    }

    private static int number(String digits, int radix) throws IOException {
        try {
            int number = Integer.parseInt(digits, radix);
            if (number >= 0 && number <= LONGEST_BODY) {
                return number;
            }
        } catch (NumberFormatException notOne) {
            throw new IOException("a length that is none: " + digits, notOne);
        }
        throw new IOException("a length out of bounds: " + digits);
    }

    private static int status(String line) throws IOException {
        if (!line.matches("HTTP/1\\.[01] [1-5][0-9][0-9]( .*)?")) {
            throw new IOException("no status line: " + line.substring(0, Math.min(60, line.length())));
        }
        return Integer.parseInt(line.substring(9, 12));
    }

    private List<Request.Header> headers(long deadline) throws IOException {
        List<Request.Header> headers = new ArrayList<>();
        for (String line = line(deadline); !line.isEmpty(); line = line(deadline)) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("a header line without a name");
            }
            headers.add(new Request.Header(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return headers;
    }

    private String line(long deadline) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = next(deadline); c != '\n'; c = next(deadline)) {
            if (c < 0) {
                throw new EOFException("closed before the answer's end");
            }
            line.write(c);
            if (line.size() > LONGEST_LINE) {
                throw new IOException("a line over " + LONGEST_LINE + " bytes");
            }
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private Content read(int length, long deadline, boolean upToTheEnd) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (bytes.size() < length) {
            int c = next(deadline);
            if (c < 0 && upToTheEnd) {
                break;
            }
            if (c < 0) {
                throw new EOFException("closed after " + bytes.size() + " of " + length + " bytes");
            }
            bytes.write(c);
        }
        return Content.of(bytes.toByteArray());
    }

    private int next(long deadline) throws IOException {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new SocketTimeoutException("no whole answer within " + patience.toSeconds() + " s");
        }
        if (in.available() == 0) {
            socket.setSoTimeout((int) left);
        }
        return in.read();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // Nothing is left to close.
        }
    }
}
