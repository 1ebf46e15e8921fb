package io.attested.sms.attestation.simulated;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** AMD's key distribution service on a real socket of the loopback interface: answers what a test published, or misbehaves as told. */
public final class KdsStandIn implements AutoCloseable {
    /** How it answers. */
    public enum Behaviour {
        NORMAL,
        /** Status 503. */
        DOWN,
        /** Status 429, as AMD's service answers many requests. */
        BUSY,
        /** Nothing for a while, then the right answer. */
        LATE,
        /** A body of 10 MB. */
        HUGE,
        /** Status 200 with a page for a person. */
        HTML,
        /** Status 302 to another address. */
        REDIRECTING
    }

    private static final long LATE_MILLIS = 1500;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, byte[]> bodies = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile Behaviour behaviour = Behaviour.NORMAL;

    private KdsStandIn(HttpServer server) {
        this.server = server;
    }

    /** Starts on a free port. */
    public static KdsStandIn start() {
        try {
            KdsStandIn kds =
                    new KdsStandIn(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
            kds.server.setExecutor(kds.threads);
            kds.server.createContext("/", kds::answer);
            kds.server.start();
            return kds;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its base URL. */
    public URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Paths with queries it was asked for, in order. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** Answers this way from now on. */
    public void behave(Behaviour how) {
        behaviour = how;
    }

    /** Answers a path with this from now on, right or wrong. */
    public void publish(String path, byte[] body) {
        bodies.put(path, body.clone());
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        requests.add(path);
        Optional<byte[]> body = Optional.ofNullable(bodies.get(path));
        try (exchange) {
            switch (behaviour) {
                case NORMAL -> send(exchange, body);
                case DOWN -> exchange.sendResponseHeaders(503, -1);
                case BUSY -> exchange.sendResponseHeaders(429, -1);
                case LATE -> {
                    sleep();
                    send(exchange, body);
                }
                case HUGE -> send(exchange, Optional.of(new byte[10_000_000]));
                case HTML ->
                    send(exchange, Optional.of("<!doctype html><p>Sorry</p>".getBytes(StandardCharsets.UTF_8)));
                case REDIRECTING -> {
                    exchange.getResponseHeaders().set("Location", "/elsewhere");
                    exchange.sendResponseHeaders(302, -1);
                }
            }
        }
    }

    private static void send(HttpExchange exchange, Optional<byte[]> body) throws IOException {
        if (body.isEmpty()) {
            exchange.sendResponseHeaders(404, -1);
        } else {
            exchange.sendResponseHeaders(200, body.get().length);
            exchange.getResponseBody().write(body.get());
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(LATE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
