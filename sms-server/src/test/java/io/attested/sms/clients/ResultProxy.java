package io.attested.sms.clients;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands for the result proxy that {@code storage init} of SDK 8 logs in at: a challenge to sign, then a token. */
final class ResultProxy implements AutoCloseable {
    /** What each login gets. */
    static final String TOKEN = "aaaa.bbbb.cccc";

    private static final String CHALLENGE = """
            {"data":{"primaryType":"Challenge","domain":{"name":"result proxy","version":"1"},
            "types":{"EIP712Domain":[{"name":"name","type":"string"},{"name":"version","type":"string"}],
            "Challenge":[{"name":"challenge","type":"string"}]},"message":{"challenge":"123"}}}""";

    private final HttpServer server;
    private final List<String> logins = new CopyOnWriteArrayList<>();

    private ResultProxy(HttpServer server) {
        this.server = server;
    }

    static ResultProxy start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            ResultProxy proxy = new ResultProxy(server);
            server.createContext("/results/challenge", exchange -> answer(exchange, CHALLENGE));
            server.createContext("/results/login", proxy::login);
            server.start();
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What was sent to log in: hash, signature and address, joined by underscores. */
    List<String> logins() {
        return List.copyOf(logins);
    }

    private void login(HttpExchange exchange) throws IOException {
        logins.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        answer(exchange, TOKEN);
    }

    private static void answer(HttpExchange exchange, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", body.startsWith("{") ? "application/json" : "text/plain");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
