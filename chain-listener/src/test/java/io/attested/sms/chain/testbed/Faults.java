package io.attested.sms.chain.testbed;

import io.attested.sms.chain.testbed.Misbehaviour.BatchRule;
import io.attested.sms.chain.testbed.Misbehaviour.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What goes wrong between an honest answer and the client. */
public final class Faults {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<String, String> TYPE = Map.of("Content-Type", "application/json");

    private Faults() {}

    /** The connection is closed without an answer. */
    public static Fault drop() {
        return (body, wire) -> {
            throw new IOException("dropped as told");
        };
    }

    /** Half of the body comes, then the connection is closed. */
    public static Fault truncate() {
        return (body, wire) -> {
            wire.start(200, TYPE, body.length);
            wire.write(Arrays.copyOf(body, body.length / 2));
            throw new IOException("truncated as told");
        };
    }

    /** Half of the body comes as if it were the whole. */
    public static Fault cutShort() {
        return (body, wire) -> wire.respond(200, TYPE, Arrays.copyOf(body, body.length / 2));
    }

    /** The honest answer comes late. */
    public static Fault delay(Duration delay) {
        return (body, wire) -> {
            sleep(delay);
            wire.respond(200, TYPE, body);
        };
    }

    /** The body of these bytes with status 200. */
    public static Fault body(String text) {
        return (body, wire) -> wire.respond(200, TYPE, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A proxy's page. */
    public static Fault html() {
        return body("<html><body><h1>502 Bad Gateway</h1></body></html>");
    }

    /** JSON null. */
    public static Fault nothing() {
        return body("null");
    }

    /** Each answer of the batch comes twice. */
    public static Fault duplicate() {
        return (body, wire) -> {
            JsonNode answers = JSON.readTree(body);
            ArrayNode twice = JSON.createArrayNode();
            answers.forEach(answer -> twice.add(answer).add(answer));
            wire.respond(200, TYPE, JSON.writeValueAsBytes(twice));
        };
    }

    /** That many bytes of white space, announced as such. */
    public static Fault large(long bytes) {
        return (body, wire) -> {
            byte[] blanks = " ".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
            wire.start(200, TYPE, bytes);
            for (long sent = 0; sent < bytes; sent += blanks.length) {
                wire.write(Arrays.copyOf(blanks, (int) Math.min(blanks.length, bytes - sent)));
            }
        };
    }

    /** The honest answer, compressed although nobody asked for that. */
    public static Fault gzip() {
        return (body, wire) -> {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                gzip.write(body);
            }
            wire.respond(200, Map.of("Content-Encoding", "gzip"), packed.toByteArray());
        };
    }

    /** An HTTP status without a body. */
    public static Fault status(int status) {
        return (body, wire) -> wire.respond(status, Map.of(), new byte[0]);
    }

    /** Status 429 with Retry-After for the next {@code times} requests, honest afterwards. */
    public static Fault tooManyRequests(int times, String retryAfter) {
        AtomicInteger left = new AtomicInteger(times);
        return (body, wire) -> {
            if (left.getAndDecrement() > 0) {
                wire.respond(429, Map.of("Retry-After", retryAfter), new byte[0]);
            } else {
                wire.respond(200, TYPE, body);
            }
        };
    }

    /** Refuses batches of more questions in geth's way: an array of one error. */
    public static BatchRule batchLimit(int most) {
        return batch -> {
            if (batch.size() <= most || !batch.isArray()) {
                return Optional.empty();
            }
            ObjectNode refusal = JSON.createObjectNode();
            refusal.put("jsonrpc", "2.0").set("id", batch.get(0).path("id"));
            refusal.putObject("error").put("code", -32600).put("message", "batch too large");
            return Optional.of(JSON.createArrayNode().add(refusal));
        };
    }

    static void sleep(Duration time) throws IOException {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while delaying", e);
        }
    }
}
