package io.attested.sms.standin;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** What a stand-in does with a request. */
public sealed interface Reply {
    /** A whole answer. */
    record Answer(int status, List<Received.Header> headers, byte[] body) implements Reply {
        /** Takes an unmodifiable copy of the headers. */
        public Answer {
            headers = List.copyOf(headers);
        }
    }

    /** Waits, then does the other thing. */
    record Late(Duration delay, Reply then) implements Reply {}

    /** Closes the connection without a byte of an answer. */
    record Closed() implements Reply {}

    /** Announces a body, sends half of it and closes the connection. */
    record Half(int status) implements Reply {}

    /** Answers with a body that does not end before the client leaves or {@code bytes} are sent. */
    record Flood(int status, long bytes) implements Reply {}

    /** Sends a status line and then one byte of the body every {@code pause}, until the client leaves. */
    record Drip(int status, Duration pause) implements Reply {}

    /** Sends this text, whatever it is, and then nothing until the client leaves. */
    record Raw(String text) implements Reply {}

    /** An answer without a body. */
    static Reply status(int status) {
        return new Answer(status, List.of(), new byte[0]);
    }

    /** An answer that sends the client elsewhere. */
    static Reply redirect(int status, String location) {
        return new Answer(status, List.of(new Received.Header("Location", location)), new byte[0]);
    }

    /** An answer of text. */
    static Reply text(int status, String contentType, String body) {
        return new Answer(
                status,
                List.of(new Received.Header("Content-Type", contentType)),
                body.getBytes(StandardCharsets.UTF_8));
    }
}
