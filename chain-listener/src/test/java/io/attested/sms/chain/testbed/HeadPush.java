package io.attested.sms.chain.testbed;

import io.attested.sms.chain.testbed.Misbehaviour.SocketFault;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One WebSocket: answers {@code eth_subscribe} and sends each head that the node behind comes to. */
final class HeadPush {
    private static final JsonMapper JSON = new JsonMapper();
    private static final long POLL_MILLIS = 10;
    private static final String SUBSCRIPTION = "0x5c";

    private final HttpWire http;
    private final SocketWire socket;
    private final Responder responder;
    private final Supplier<Optional<SocketFault>> fault;
    private final AtomicLong subscriptions;

    HeadPush(HttpWire http, Responder responder, Supplier<Optional<SocketFault>> fault, AtomicLong subscriptions) {
        this.http = http;
        this.socket = new SocketWire(http);
        this.responder = responder;
        this.fault = fault;
        this.subscriptions = subscriptions;
    }

    void serve(String key) throws IOException {
        if (fault.get().filter(SocketFault.REFUSED::equals).isPresent()) {
            http.respond(403, Map.of(), new byte[0]);
            return;
        }
        socket.accept(key);
        Optional<Thread> pushing = Optional.empty();
        try {
            for (Optional<String> text = socket.read(); text.isPresent(); text = socket.read()) {
                JsonNode request = JSON.readTree(text.get());
                ObjectNode answer = JSON.createObjectNode();
                answer.put("jsonrpc", "2.0").set("id", request.path("id"));
                answer.put("result", SUBSCRIPTION);
                subscriptions.incrementAndGet();
                socket.text(JSON.writeValueAsString(answer));
                pushing = Optional.of(Thread.ofVirtual().start(this::push));
            }
        } finally {
            pushing.ifPresent(Thread::interrupt);
        }
    }

    private void push() {
        try {
            String last = head().path("hash").asString("");
            while (!Thread.currentThread().isInterrupted()) {
                JsonNode head = head();
                String hash = head.path("hash").asString("");
                if (!faulty(head) && !hash.equals(last)) {
                    last = hash;
                    socket.text(notification(head));
                }
                Thread.sleep(POLL_MILLIS);
            }
        } catch (IOException | InterruptedException | IllegalStateException e) {
            // The client hung up.
        }
    }

    /** Whether something else was sent in place of heads. */
    private boolean faulty(JsonNode head) throws IOException {
        Optional<SocketFault> now = fault.get();
        if (now.isEmpty()) {
            return false;
        }
        switch (now.get()) {
            case REFUSED, SILENT -> {}
            case CLOSED -> {
                socket.close();
                throw new IOException("closed as told");
            }
            case HALF_FRAME -> {
                socket.half(notification(head));
                throw new IOException("half sent as told");
            }
            case ENDLESS -> socket.endless();
            case NONSENSE -> socket.text("<html>no head</html>");
        }
        return true;
    }

    private JsonNode head() {
        ArrayNode latest = JSON.createArrayNode().add("latest").add(false);
        return responder.answer("eth_getBlockByNumber", latest).path("result");
    }

    private static String notification(JsonNode head) {
        ObjectNode message = JSON.createObjectNode();
        message.put("jsonrpc", "2.0").put("method", "eth_subscription");
        message.putObject("params").put("subscription", SUBSCRIPTION).set("result", head);
        return JSON.writeValueAsString(message);
    }
}
