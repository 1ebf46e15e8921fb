package io.attested.sms.scenario;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A row of the tables of malformed requests.
 *
 * @param what is wrong with it
 * @param bytes the whole request
 * @param expected the contract's status; {@link #ANY_4XX} where it names none; {@link #CLOSED} where nothing can be answered
 */
record BadRequest(String what, byte[] bytes, int expected) {
    static final int ANY_4XX = 4;
    static final int CLOSED = 0;

    /** Stands in values and names; whatever shows it in an answer or the log shows secrets. */
    static final String MARKER = "tOpSeCrEtMaRkEr";

    /** Well formed, and nobody's. */
    static final String FOREIGN = "0x" + "11".repeat(64) + "1b";

    /** A request line with the headers that every request needs, and {@code headers}, each a line without its end. */
    static BadRequest of(int expected, String what, String line, byte[] body, String... headers) {
        StringBuilder head = new StringBuilder(line).append("\r\nHost: localhost\r\nConnection: close\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        if (!line.startsWith("GET ") && !line.startsWith("HEAD ")) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        return new BadRequest(what, joined(head.append("\r\n").toString(), body), expected);
    }

    /** A question. */
    static BadRequest asked(int expected, String what, String method, String path) {
        return of(expected, what, method + " " + path + " HTTP/1.1", new byte[0]);
    }

    /** A write with a signature that is well formed and nobody's. */
    static BadRequest sent(int expected, String what, String method, String path, String body) {
        return signed(expected, what, method, path, FOREIGN, Pushes.utf8(body));
    }

    /** A write with a signature. */
    static BadRequest signed(int expected, String what, String method, String path, String signature, byte[] body) {
        return of(expected, what, method + " " + path + " HTTP/1.1", body, "Authorization: " + signature);
    }

    /** A write with these headers and no signature unless it is among them. */
    static BadRequest with(int expected, String what, String method, String path, String body, String... headers) {
        return of(expected, what, method + " " + path + " HTTP/1.1", Pushes.utf8(body), headers);
    }

    /** Bytes as they are. */
    static BadRequest raw(int expected, String what, String text) {
        return new BadRequest(what, text.getBytes(StandardCharsets.ISO_8859_1), expected);
    }

    private static byte[] joined(String head, byte[] body) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        all.writeBytes(body);
        return all.toByteArray();
    }

    boolean fits(int status) {
        return expected == ANY_4XX ? status >= 400 && status < 500 : status == expected;
    }

    @Override
    public String toString() {
        return what;
    }
}
