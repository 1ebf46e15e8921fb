package io.attested.sms.clients;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * HTTP as iExec's Java clients do it, contract section 1.1: the JDK's oldest client with bodies of a fixed length, for which
 * the body of a 401 to a POST or PUT is lost.
 */
final class StrictHttp {
    private static final int CONNECT_MILLIS = 10_000;
    private static final int READ_MILLIS = 60_000;
    private static final String JSON = "application/json";

    private final URI server;

    /** @param server base URL; a path of it is kept, as these clients do */
    StrictHttp(URI server) {
        this.server = server;
    }

    /**
     * An answer as these clients see it.
     *
     * @param body text, empty when there was none or when it was lost
     */
    record Answer(int status, String body) {
        boolean isSuccess() {
            return status / 100 == 2;
        }
    }

    /** No usable answer: one of another status than 2xx, one that cannot be read, or none at all. */
    static final class ClientFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int status;

        /** @param status 0 when nothing was answered */
        ClientFailure(String message, int status, @Nullable Throwable cause) {
            super(message, cause);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    /** A {@code GET} or {@code HEAD}. @throws ClientFailure when nothing is answered */
    Answer ask(String method, String target) {
        return exchange(method, target, Optional.empty(), Optional.empty());
    }

    /**
     * A {@code POST} or {@code PUT}, always as {@code application/json}: a secret's text is not quoted, and a body of no bytes
     * is sent as such.
     *
     * @throws ClientFailure when nothing is answered
     */
    Answer send(String method, String target, String authorization, String body) {
        return exchange(method, target, Optional.of(authorization), Optional.of(body));
    }

    /** A value of a query or a path. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Answer exchange(String method, String target, Optional<String> authorization, Optional<String> body) {
        HttpURLConnection connection = null;
        try {
            connection = (HttpURLConnection)
                    URI.create(server.toString() + target).toURL().openConnection();
            connection.setRequestMethod(method);
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(READ_MILLIS);
            connection.setRequestProperty("Accept", "*/*");
            if (authorization.isPresent()) {
                connection.setRequestProperty("Authorization", authorization.get());
            }
            if (body.isPresent()) {
                write(connection, body.get().getBytes(StandardCharsets.UTF_8));
            }
            int status = connection.getResponseCode();
            return new Answer(status, text(status < 400 ? connection.getInputStream() : connection.getErrorStream()));
        } catch (IOException e) {
            throw new ClientFailure(method + " " + target + " got no answer: " + e.getMessage(), 0, e);
        } finally {
            if (connection != null) {
                connection.disconnect();
            }
        }
    }

    private static void write(HttpURLConnection connection, byte[] bytes) throws IOException {
        connection.setRequestProperty("Content-Type", JSON);
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(bytes.length);
        try (var out = connection.getOutputStream()) {
            out.write(bytes);
        }
    }

    private static String text(@Nullable InputStream stream) throws IOException {
        if (stream == null) {
            return "";
        }
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
