package io.attested.sms.chain.testbed;

import io.attested.sms.chain.testbed.Misbehaviour.BatchRule;
import io.attested.sms.chain.testbed.Misbehaviour.Fault;
import io.attested.sms.chain.testbed.Misbehaviour.Lie;
import io.attested.sms.chain.testbed.Misbehaviour.SocketFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON-RPC node over real HTTP and WebSocket, on 127.0.0.1: honest as the node behind it, except where told.
 *
 * <p>Misbehaviours are switched at any time and count from the next request on. Counts are of what arrives here.
 */
public final class ScriptedNode implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final Responder upstream;
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Map<String, AtomicLong> calls = new ConcurrentHashMap<>();
    private final AtomicLong roundTrips = new AtomicLong();
    private final AtomicLong answering = new AtomicLong();
    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong subscriptions = new AtomicLong();
    private volatile List<Misbehaviour> script = List.of();

    /** Listens at a free port at once. */
    public ScriptedNode(Responder upstream) {
        this.upstream = upstream;
        try {
            this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("scripted-node").start(this::accept);
    }

    /** In front of a real node. */
    public static ScriptedNode before(URI node) {
        return new ScriptedNode(Responder.node(node));
    }

    /** {@code http://127.0.0.1:port}. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** {@code ws://127.0.0.1:port}. */
    public URI socketUrl() {
        return URI.create("ws://127.0.0.1:" + server.getLocalPort());
    }

    /** From now on does all of these, and nothing else wrong. The first lie is asked first. */
    public ScriptedNode misbehave(Misbehaviour... misbehaviours) {
        script = List.of(misbehaviours);
        return this;
    }

    /** From now on honest. */
    public void behave() {
        script = List.of();
    }

    /** Questions of a method received over HTTP. */
    public long calls(String method) {
        AtomicLong counted = calls.get(method);
        return counted == null ? 0 : counted.get();
    }

    /** HTTP requests received. */
    public long roundTrips() {
        return roundTrips.get();
    }

    /** Whether a request has come that is not answered yet. */
    public boolean answering() {
        return answering.get() > 0;
    }

    /** Connections accepted, WebSockets included. */
    public long connections() {
        return connections.get();
    }

    /** Subscriptions asked for. */
    public long subscriptions() {
        return subscriptions.get();
    }

    /** All counts are zero again. */
    public void resetCounts() {
        calls.clear();
        roundTrips.set(0);
        connections.set(0);
        subscriptions.set(0);
    }

    /** Cuts every connection, as a restart of the node would. */
    public void cutConnections() {
        open.forEach(ScriptedNode::closeQuietly);
    }

    /** Stops listening and cuts every connection. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cutConnections();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                // A connection may be accepted while close() is under way, after it has cut the others.
                if (server.isClosed()) {
                    socket.close();
                    return;
                }
                socket.setTcpNoDelay(true);
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            HttpWire wire = new HttpWire(socket);
            for (Optional<HttpWire.Request> request = wire.read(); request.isPresent(); request = wire.read()) {
                Optional<String> key = request.get().header("sec-websocket-key");
                if (key.isPresent()) {
                    new HeadPush(wire, this::honestOrNot, this::socketFault, subscriptions).serve(key.get());
                    return;
                }
                answering.incrementAndGet();
                try {
                    respond(request.get(), wire);
                } finally {
                    answering.decrementAndGet();
                }
            }
        } catch (IOException e) {
            // The client hung up, or a fault ended the connection.
        } finally {
            open.remove(socket);
        }
    }

    private void respond(HttpWire.Request request, HttpWire wire) throws IOException {
        roundTrips.incrementAndGet();
        JsonNode asked = JSON.readTree(request.body());
        asked.findValuesAsString("method")
                .forEach(method ->
                        calls.computeIfAbsent(method, m -> new AtomicLong()).incrementAndGet());
        List<Misbehaviour> now = script;
        byte[] body = JSON.writeValueAsBytes(refusal(now, asked).orElseGet(() -> answers(asked)));
        Optional<Fault> fault = now.stream()
                .filter(Fault.class::isInstance)
                .map(Fault.class::cast)
                .findFirst();
        if (fault.isPresent()) {
            fault.get().write(body, wire);
        } else {
            wire.respond(200, Map.of("Content-Type", "application/json"), body);
        }
    }

    private static Optional<JsonNode> refusal(List<Misbehaviour> now, JsonNode asked) {
        return now.stream()
                .filter(BatchRule.class::isInstance)
                .map(rule -> ((BatchRule) rule).refusal(asked))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private JsonNode answers(JsonNode asked) {
        if (asked.isObject()) {
            return answered(asked);
        }
        ArrayNode answers = JSON.createArrayNode();
        asked.forEach(request -> answers.add(answered(request)));
        return answers;
    }

    private ObjectNode answered(JsonNode request) {
        ObjectNode answer = honestOrNot(request.path("method").asString(""), request.path("params"));
        answer.put("jsonrpc", "2.0");
        answer.set("id", request.path("id"));
        return answer;
    }

    private ObjectNode honestOrNot(String method, JsonNode params) {
        Responder responder = upstream;
        for (Misbehaviour misbehaviour : script.reversed()) {
            if (misbehaviour instanceof Lie lie) {
                Responder honest = responder;
                responder = (asked, with) -> lie.answer(asked, with, honest);
            }
        }
        return responder.answer(method, params.isMissingNode() ? JsonNodeFactory.instance.arrayNode() : params);
    }

    private Optional<SocketFault> socketFault() {
        return script.stream()
                .filter(SocketFault.class::isInstance)
                .map(SocketFault.class::cast)
                .findFirst();
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed either way.
        }
    }
}
