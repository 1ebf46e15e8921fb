package io.attested.sms.bench.conformance.faulty;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A request or an answer, whole.
 *
 * @param start the request line or status line
 * @param headers lines as they came
 * @param body without its transfer coding
 * @param raw the bytes as they came, until something is changed
 */
record Message(String start, List<String> headers, byte[] body, Optional<byte[]> raw) {
    Message {
        headers = List.copyOf(headers);
    }

    String method() {
        return word(0);
    }

    /** Path and query of a request. */
    String target() {
        return word(1);
    }

    String path() {
        return target().split("\\?", 2)[0];
    }

    /** Status of an answer. */
    int status() {
        return Integer.parseInt(word(1));
    }

    private String word(int index) {
        String[] words = start.split(" ", 3);
        return words.length > index ? words[index] : "";
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    Optional<String> header(String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ":";
        return headers.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .findFirst();
    }

    Message target(String other) {
        return new Message(method() + " " + other + " " + word(2), headers, body, Optional.empty());
    }

    Message status(int status, String reason) {
        return new Message("HTTP/1.1 " + status + " " + reason, headers, body, Optional.empty());
    }

    Message body(String other) {
        return body(other.getBytes(StandardCharsets.UTF_8));
    }

    Message body(byte[] other) {
        return new Message(start, headers, other, Optional.empty());
    }

    /** Replaces a header, or adds it. */
    Message header(String name, String value) {
        List<String> more = new ArrayList<>(without(name).headers);
        more.add(name + ": " + value);
        return new Message(start, more, body, Optional.empty());
    }

    Message without(String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ":";
        return new Message(
                start,
                headers.stream()
                        .filter(line -> !line.toLowerCase(Locale.ROOT).startsWith(prefix))
                        .toList(),
                body,
                Optional.empty());
    }

    /** An answer of the proxy's own. */
    static Message answer(int status, String reason) {
        return new Message("HTTP/1.1 " + status + " " + reason, List.of(), new byte[0], Optional.empty());
    }

    /** As it goes over the wire. */
    byte[] bytes() {
        return raw.orElseGet(this::written);
    }

    private byte[] written() {
        Message plain = without("Content-Length").without("Transfer-Encoding");
        StringBuilder head = new StringBuilder(start + "\r\n");
        plain.headers.forEach(line -> head.append(line).append("\r\n"));
        boolean answer = start.startsWith("HTTP/");
        if (body.length > 0
                || (answer && status() != 204 && status() != 304)
                || (!answer && header("Content-Length").isPresent())) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes((head + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Message message && Arrays.equals(bytes(), message.bytes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes());
    }
}
