package io.attested.sms.standin;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * One request as it came over the socket.
 *
 * @param connection number of the connection it came on, from 1 in the order of acceptance
 * @param method as sent
 * @param target path and query as sent
 * @param headers in the order and letters of the sender
 * @param body as sent, without transfer coding
 * @param peer the certificate the client proved to hold the key of
 */
public record Received(
        int connection,
        String method,
        String target,
        List<Header> headers,
        byte[] body,
        Optional<X509Certificate> peer) {
    /** Takes an unmodifiable copy of the headers. */
    public Received {
        headers = List.copyOf(headers);
    }

    /** One header line. */
    public record Header(String name, String value) {}

    /** All values of a header, its name in any case. */
    public List<String> values(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }

    /** The first value of a header, its name in any case. */
    public Optional<String> header(String name) {
        return values(name).stream().findFirst();
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
