package io.attested.sms.task.ipfs;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Exchanges with one gateway: bounded in size while reading, in time as a whole, and confined to its host and port. */
final class GatewayHttp implements AutoCloseable {
    private static final int MOST_REDIRECTS = 2;

    private final HttpClient client;
    private final URI gateway;

    GatewayHttp(URI gateway, Duration timeout) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        this.gateway = gateway;
    }

    /** What the gateway answered. */
    record Answer(int status, byte[] body) {}

    /**
     * One GET.
     *
     * @param path after the gateway's own, with its query
     * @param most bytes of the body
     * @param limit for the exchange with all redirects
     */
    Answer get(String path, String accept, int most, Duration limit) throws GatewayFailure {
        long deadline = System.nanoTime() + limit.toNanos();
        String base = gateway.toString();
        URI target = withoutUser(URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path));
        for (int redirects = 0; ; redirects++) {
            HttpResponse<byte[]> response = exchange(target, accept, most, remaining(deadline));
            if (response.statusCode() / 100 != 3) {
                return new Answer(response.statusCode(), plain(response));
            }
            if (redirects == MOST_REDIRECTS) {
                throw new GatewayFailure("the gateway redirects again and again");
            }
            target = redirected(target, response);
        }
    }

    private static URI redirected(URI from, HttpResponse<byte[]> response) throws GatewayFailure {
        try {
            Optional<URI> to = response.headers().firstValue("Location").map(from::resolve);
            if (to.isPresent() && sameOrigin(from, to.get())) {
                return withoutUser(to.get());
            }
        } catch (IllegalArgumentException noUri) {
            throw new GatewayFailure("the gateway redirects to no URL");
        }
        throw new GatewayFailure(
                "the gateway redirects to another host, which is not followed; configure one that answers itself");
    }

    private static boolean sameOrigin(URI from, URI to) {
        return from.getScheme().equalsIgnoreCase(String.valueOf(to.getScheme()))
                && from.getHost().equalsIgnoreCase(String.valueOf(to.getHost()))
                && from.getPort() == to.getPort();
    }

    private static URI withoutUser(URI uri) {
        String user = uri.getRawUserInfo();
        return user == null ? uri : URI.create(uri.toString().replaceFirst("//[^/@]*@", "//"));
    }

    /** Nothing is inflated: a small compressed answer can be a large one. */
    private static byte[] plain(HttpResponse<byte[]> response) throws GatewayFailure {
        String encoding = response.headers().firstValue("Content-Encoding").orElse("identity");
        if (!"identity".equalsIgnoreCase(encoding)) {
            throw new GatewayFailure("the answer is compressed although that was not accepted");
        }
        return response.body();
    }

    private HttpResponse<byte[]> exchange(URI target, String accept, int most, Duration limit) throws GatewayFailure {
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(
                request(target, accept, limit), BodyHandlers.limiting(BodyHandlers.ofByteArray(), most));
        try {
            return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new GatewayFailure("no complete answer in time");
        } catch (ExecutionException e) {
            throw failed(e.getCause() == null ? e : e.getCause(), most);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GatewayFailure("interrupted while waiting for the gateway");
        } finally {
            // Cancelling a finished exchange does nothing; cancelling a running one closes its connection.
            answer.cancel(true);
        }
    }

    private HttpRequest request(URI target, String accept, Duration limit) {
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .timeout(limit)
                .header("Accept", accept)
                .header("Accept-Encoding", "identity")
                .GET();
        String credentials = gateway.getUserInfo();
        if (credentials != null) {
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
        }
        return request.build();
    }

    private static GatewayFailure failed(Throwable cause, int most) {
        if (cause instanceof HttpTimeoutException) {
            return new GatewayFailure("no complete answer in time");
        }
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (String.valueOf(at.getMessage()).contains("exceeds capacity")) {
                return new GatewayFailure("the answer is larger than " + most + " bytes");
            }
        }
        // The message of a connection error may name the gateway, so only its class is told.
        return new GatewayFailure(
                "no answer from the gateway (" + cause.getClass().getSimpleName() + "); is it running and reachable?");
    }

    private static Duration remaining(long deadline) throws GatewayFailure {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            throw new GatewayFailure("no complete answer in time");
        }
        return Duration.ofNanos(left);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
