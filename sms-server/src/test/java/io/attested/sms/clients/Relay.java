package io.attested.sms.clients;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands between a client and a server, passes everything on, and remembers what passed. */
final class Relay implements AutoCloseable {
    private static final String CONTENT_TYPE = "Content-Type";
    private static final String AUTHORIZATION = "Authorization";

    private final HttpServer front;
    private final URI server;
    private final HttpClient http;
    private final ExecutorService threads;
    private final List<Passed> passed = new CopyOnWriteArrayList<>();

    private Relay(HttpServer front, URI server, HttpClient http, ExecutorService threads) {
        this.front = front;
        this.server = server;
        this.http = http;
        this.threads = threads;
    }

    /**
     * One exchange.
     *
     * @param target path and query as sent
     * @param contentType of the request
     * @param authorization header of the request
     * @param length of the request's body in bytes
     * @param status of the answer
     */
    record Passed(
            String method,
            String target,
            Optional<String> contentType,
            Optional<String> authorization,
            int length,
            int status) {
        /** Such as {@code POST /apps/0x…/secrets 204}. */
        String line() {
            return method + " " + target + " " + status;
        }
    }

    static Relay before(URI server) {
        try {
            HttpServer front = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            Relay relay =
                    new Relay(front, server, HttpClient.newHttpClient(), Executors.newVirtualThreadPerTaskExecutor());
            front.createContext("/", relay::pass);
            front.setExecutor(relay.threads);
            front.start();
            return relay;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + front.getAddress().getPort());
    }

    /** What passed since the last call, in its order. */
    List<Passed> passed() {
        List<Passed> all = List.copyOf(passed);
        passed.clear();
        return all;
    }

    /** The lines of {@link #passed()}. */
    List<String> lines() {
        return passed().stream().map(Passed::line).toList();
    }

    private void pass(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Optional<String> type = header(exchange, CONTENT_TYPE);
        Optional<String> authorization = header(exchange, AUTHORIZATION);
        String target = exchange.getRequestURI().toString();
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(target))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        type.ifPresent(value -> request.header(CONTENT_TYPE, value));
        authorization.ifPresent(value -> request.header(AUTHORIZATION, value));
        try (exchange) {
            HttpResponse<byte[]> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            passed.add(new Passed(
                    exchange.getRequestMethod(), target, type, authorization, body.length, answer.statusCode()));
            answer.headers()
                    .firstValue(CONTENT_TYPE)
                    .ifPresent(value -> exchange.getResponseHeaders().set(CONTENT_TYPE, value));
            boolean empty = answer.body().length == 0;
            exchange.sendResponseHeaders(answer.statusCode(), empty ? -1 : answer.body().length);
            if (!empty) {
                exchange.getResponseBody().write(answer.body());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static Optional<String> header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    @Override
    public void close() {
        front.stop(0);
        threads.close();
        http.close();
    }
}
