package io.attested.sms.session.store;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Posts documents to one peer whose key is pinned, over pooled HTTP/1.1 connections with TLS 1.3 or 1.2.
 *
 * <p>Guarantees: nothing of a request leaves before the peer proved to hold a pinned key; no redirect is followed and no
 * request is repeated; an exchange ends before its deadline; of an answer only the status is kept, and a body of more than
 * {@value Discarded#MAX_BYTES} bytes ends the exchange; nothing is logged.
 */
public final class PinnedClient implements AutoCloseable {
    private final HttpClient http;
    private final ExecutorService threads;
    private final Duration deadline;

    private PinnedClient(HttpClient http, ExecutorService threads, Duration deadline) {
        this.http = http;
        this.threads = threads;
        this.deadline = deadline;
    }

    /**
     * Times an exchange may take.
     *
     * @param connect until there is a connection
     * @param whole from the start until the end of the answer, connecting included
     */
    public record Deadlines(Duration connect, Duration whole) {}

    /** What became of a request. */
    public sealed interface Outcome {
        /** The peer answered, and the answer was read to its end. */
        record Answered(int status) implements Outcome {}

        /**
         * There was no whole answer.
         *
         * @param mayHaveArrived whether any byte of the request's body may have reached the pinned peer
         * @param reason connect, tls, timeout, reset, malformed, oversized or interrupted
         */
        record Unanswered(boolean mayHaveArrived, String reason) implements Outcome {}
    }

    /** A client of the peer with these keys, showing {@code own} if it is asked for a certificate. */
    public static PinnedClient of(PinnedKeys pins, Optional<ClientKey> own, Deadlines deadlines) {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        SSLParameters protocols = new SSLParameters();
        protocols.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(deadlines.connect())
                .sslContext(context(pins, own))
                .sslParameters(protocols)
                .executor(threads)
                .build();
        return new PinnedClient(http, threads, deadlines.whole());
    }

    private static SSLContext context(PinnedKeys pins, Optional<ClientKey> own) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own.map(ClientKey::managers).orElse(null), new TrustManager[] {new PinnedTrust(pins)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }

    /**
     * Posts once.
     *
     * @param headers besides those of the exchange itself; among them the content type
     */
    public Outcome post(URI target, Map<String, String> headers, byte[] document) {
        WatchedBody body = new WatchedBody(document);
        HttpRequest.Builder request = HttpRequest.newBuilder(target).POST(body);
        headers.forEach(request::setHeader);
        CompletableFuture<HttpResponse<Void>> exchange = http.sendAsync(request.build(), answer -> new Discarded());
        try {
            return new Outcome.Answered(
                    exchange.get(deadline.toNanos(), TimeUnit.NANOSECONDS).statusCode());
        } catch (TimeoutException e) {
            exchange.cancel(true);
            return new Outcome.Unanswered(body.begun(), "timeout");
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            return new Outcome.Unanswered(body.begun(), "interrupted");
        } catch (ExecutionException e) {
            return unanswered(e.getCause(), body.begun());
        }
    }

    /** A failed handshake means that the peer never had the keys to read what may be under way. */
    private static Outcome unanswered(@Nullable Throwable failure, boolean begun) {
        return switch (failure) {
            case SSLHandshakeException e -> new Outcome.Unanswered(false, "tls");
            case SSLException e -> new Outcome.Unanswered(begun, "tls");
            case HttpConnectTimeoutException e -> new Outcome.Unanswered(begun, "connect");
            case HttpTimeoutException e -> new Outcome.Unanswered(begun, "timeout");
            case ConnectException e -> new Outcome.Unanswered(begun, "connect");
            case Discarded.Oversized e -> new Outcome.Unanswered(begun, "oversized");
            case IOException e -> new Outcome.Unanswered(begun, begun ? "reset" : "connect");
            case UnresolvedAddressException e -> new Outcome.Unanswered(false, "connect");
            // A header the client trips over, such as a length that is no number: the peer answered nonsense.
            case RuntimeException e -> new Outcome.Unanswered(begun, "malformed");
            case null, default -> throw new IllegalStateException("an exchange failed in an unknown way", failure);
        };
    }

    /** Ends all exchanges and connections. */
    @Override
    public void close() {
        http.shutdownNow();
        http.close();
        threads.shutdownNow();
    }
}
