package io.attested.sms.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bounds every request body before anything parses it: 128 KiB for {@code /v1/grants}, 64 KiB elsewhere, and 20 seconds to
 * arrive.
 *
 * <p>A declared length over the cap is refused unread; a body without a declared length is read up to the cap. A body that
 * is late is refused with 408 and its connection closed; the connector's own limit is for a single read, and drips would
 * never meet it.
 */
public final class BodyCap extends OncePerRequestFilter {
    /** Cap of {@code POST /v1/grants} in bytes: a quote, its collateral and their base64. */
    public static final int GRANT_CAP = 128 * 1024;

    /** Cap of everything else in bytes. */
    public static final int CAP = 64 * 1024;

    /** How long a whole body may take. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int CHUNK = 8 * 1024;

    private final InstantSource clock;

    /** @param clock tells when a body is late */
    public BodyCap(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        int cap = request.getServletPath().equals("/v1/grants") ? GRANT_CAP : CAP;
        if (request.getContentLengthLong() > cap) {
            response.sendError(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
            return;
        }
        Optional<byte[]> read = read(request.getInputStream(), cap + 1);
        if (read.isEmpty()) {
            response.setHeader(HttpHeaders.CONNECTION, "close");
            response.sendError(HttpServletResponse.SC_REQUEST_TIMEOUT);
            return;
        }
        byte[] body = read.get();
        if (body.length > cap) {
            Arrays.fill(body, (byte) 0);
            response.sendError(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
            return;
        }
        chain.doFilter(new ReadRequest(request, body), response);
    }

    /** Up to {@code most} bytes, or nothing when they take too long. */
    private Optional<byte[]> read(ServletInputStream in, int most) throws IOException {
        Instant end = clock.instant().plus(PATIENCE);
        byte[] buffer = new byte[CHUNK];
        int length = 0;
        while (length < most) {
            int n = in.read(buffer, length, Math.min(buffer.length, most) - length);
            if (n < 0) {
                break;
            }
            length += n;
            if (clock.instant().isAfter(end)) {
                Arrays.fill(buffer, (byte) 0);
                return Optional.empty();
            }
            buffer = length == buffer.length ? grown(buffer) : buffer;
        }
        byte[] body = Arrays.copyOf(buffer, length);
        Arrays.fill(buffer, (byte) 0);
        return Optional.of(body);
    }

    private static byte[] grown(byte[] buffer) {
        byte[] larger = Arrays.copyOf(buffer, 2 * buffer.length);
        Arrays.fill(buffer, (byte) 0);
        return larger;
    }

    /** A request whose body was read already. */
    private static final class ReadRequest extends HttpServletRequestWrapper {
        private final byte[] body;

        ReadRequest(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
            return new Body(new ByteArrayInputStream(body));
        }

        /** None beside a content type that names several, such as {@code text/*}: Spring cannot put the two together. */
        @Override
        public @Nullable String getCharacterEncoding() {
            String type = getContentType();
            return type != null && type.indexOf('*') >= 0 ? null : super.getCharacterEncoding();
        }

        @Override
        public int getContentLength() {
            return body.length;
        }

        @Override
        public long getContentLengthLong() {
            return body.length;
        }
    }

    private static final class Body extends ServletInputStream {
        private final ByteArrayInputStream bytes;

        Body(ByteArrayInputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            return bytes.read(target, offset, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("the body was read before; there is nothing to listen for");
        }
    }
}
