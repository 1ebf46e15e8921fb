package io.attested.sms.chain.rpc;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A node that answers honestly, except where a test tells it to lie. */
final class FakeNode implements AutoCloseable {
    static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final List<List<JsonNode>> batches = new CopyOnWriteArrayList<>();
    private volatile Replies replies;
    private volatile Body body = FakeNode::plain;

    /** The answer to one request of a batch: an object with {@code result} or {@code error}. */
    interface Replies {
        ObjectNode reply(String method, JsonNode params);
    }

    /** What leaves the socket in place of the batch. */
    interface Body {
        void write(HttpExchange exchange, ArrayNode answers) throws IOException;
    }

    FakeNode(Replies replies) {
        this.replies = replies;
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void reply(Replies other) {
        replies = other;
    }

    /** Gives what it replaces. */
    Body body(Body other) {
        Body before = body;
        body = other;
        return before;
    }

    /** Each batch received, in order. */
    List<List<JsonNode>> batches() {
        return batches;
    }

    /** Each Authorization header received. */
    List<String> authorizations() {
        return authorizations;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    static ObjectNode result(Object value) {
        return JSON.createObjectNode().set("result", JSON.valueToTree(value));
    }

    static ObjectNode error(long code, String message) {
        ObjectNode answer = JSON.createObjectNode();
        answer.putObject("error").put("code", code).put("message", message);
        return answer;
    }

    /** A body of these bytes, with status 200. */
    static Body text(String text) {
        return (exchange, answers) -> send(exchange, 200, text.getBytes(StandardCharsets.UTF_8));
    }

    static void send(HttpExchange exchange, int status, byte[] bytes) throws IOException {
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    static void plain(HttpExchange exchange, ArrayNode answers) throws IOException {
        send(exchange, 200, JSON.writeValueAsBytes(answers));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            if (authorization != null) {
                authorizations.add(authorization);
            }
            JsonNode batch = JSON.readTree(exchange.getRequestBody().readAllBytes());
            batches.add(batch.valueStream().toList());
            ArrayNode answers = JSON.createArrayNode();
            for (JsonNode request : batch) {
                ObjectNode answer = replies.reply(request.get("method").asString(), request.get("params"));
                answer.put("jsonrpc", "2.0");
                answer.set("id", request.get("id"));
                answers.add(answer);
            }
            body.write(exchange, answers);
        }
    }
}
