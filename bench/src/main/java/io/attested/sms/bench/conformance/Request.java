package io.attested.sms.bench.conformance;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request that is sent as it is written: nothing is escaped, checked or put in order.
 *
 * @param target path and query as they go into the request line
 * @param headers in order; {@code Host} and {@code Content-Length} are added where they are not among them
 * @param body absent for a request without one, not even a length; empty for one of length 0
 * @param last whether the connection is to be closed after it, so that every byte of the answer is seen
 */
public record Request(String method, String target, List<Header> headers, Optional<Content> body, boolean last) {

    /** A header line. */
    public record Header(String name, String value) {}

    public Request {
        headers = List.copyOf(headers);
    }

    /** Without headers and body. */
    public static Request of(String method, String target) {
        return new Request(method, target, List.of(), Optional.empty(), false);
    }

    public static Request get(String target) {
        return of("GET", target);
    }

    public static Request head(String target) {
        return of("HEAD", target);
    }

    public static Request post(String target) {
        return of("POST", target);
    }

    public static Request put(String target) {
        return of("PUT", target);
    }

    public static Request delete(String target) {
        return of("DELETE", target);
    }

    /** A preflight, as a browser sends it from a page of another origin. */
    public static Request preflight(String target, String origin, String method) {
        return of("OPTIONS", target).header("Origin", origin).header("Access-Control-Request-Method", method);
    }

    /** With one more header; the same name may occur again. */
    public Request header(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new Request(method, target, more, body, last);
    }

    /** With a header {@code Authorization}. */
    public Request signed(String authorization) {
        return header("Authorization", authorization);
    }

    /** With a body as the SDK sends it: {@code text/plain} without charset. */
    public Request text(String value) {
        return header("Content-Type", "text/plain").body(Content.utf8(value));
    }

    /** With a body under {@code application/json}. */
    public Request json(String value) {
        return header("Content-Type", "application/json").body(Content.utf8(value));
    }

    /** With a body, and no content type. */
    public Request body(Content content) {
        return new Request(method, target, headers, Optional.of(content), last);
    }

    /** The same as the last one of its connection. */
    public Request closing() {
        return new Request(method, target, headers, body, true);
    }

    /** Percent-encoded for a path or a query, as browsers do it. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    byte[] bytes(String host) {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        if (lacks("Host")) {
            head.append("Host: ").append(host).append("\r\n");
        }
        headers.forEach(header ->
                head.append(header.name()).append(": ").append(header.value()).append("\r\n"));
        body.filter(ignored -> lacks("Content-Length") && lacks("Transfer-Encoding"))
                .ifPresent(content ->
                        head.append("Content-Length: ").append(content.length()).append("\r\n"));
        head.append(last ? "Connection: close\r\n\r\n" : "\r\n");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
        body.ifPresent(content -> bytes.writeBytes(content.bytes()));
        return bytes.toByteArray();
    }

    private boolean lacks(String name) {
        return headers.stream().noneMatch(header -> header.name().equalsIgnoreCase(name));
    }
}
