package io.attested.sms.scenario;

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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a node and, when told to, keeps its answers until they are let go; any number at a time. */
final class LateNode implements AutoCloseable {
    private final HttpServer front;
    private final URI node;
    private final HttpClient http;
    private final ExecutorService threads;
    private final AtomicInteger kept = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    private LateNode(HttpServer front, URI node, HttpClient http, ExecutorService threads) {
        this.front = front;
        this.node = node;
        this.http = http;
        this.threads = threads;
    }

    static LateNode before(URI node) {
        try {
            HttpServer front = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
            LateNode late =
                    new LateNode(front, node, HttpClient.newHttpClient(), Executors.newVirtualThreadPerTaskExecutor());
            front.createContext("/", late::pass);
            front.setExecutor(late.threads);
            front.start();
            return late;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + front.getAddress().getPort());
    }

    /** From now on no answer comes, until {@link #letGo}. */
    void keep() {
        gate = new CountDownLatch(1);
    }

    /** The answers kept, and all later ones. */
    void letGo() {
        gate.countDown();
    }

    /** How many answers are being kept. */
    int kept() {
        return kept.get();
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            HttpRequest request = HttpRequest.newBuilder(node)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(
                            exchange.getRequestBody().readAllBytes()))
                    .build();
            HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            kept.incrementAndGet();
            gate.await();
            kept.decrementAndGet();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        front.stop(0);
        threads.shutdownNow();
        http.shutdownNow();
    }
}
