package io.attested.sms.chain.rpc;

import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.ChainSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One POST and its answer, bounded in size and in time from the first byte out to the last byte in. */
final class NodeHttp implements AutoCloseable {
    private final HttpClient client;
    private final URI node;
    private final Duration timeout;
    private final int maxAnswerBytes;

    NodeHttp(ChainSettings settings) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.timeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        this.node = settings.node();
        this.timeout = settings.timeout();
        this.maxAnswerBytes = settings.maxAnswerBytes();
    }

    byte[] post(byte[] body) throws ReadFailure {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request(body), BodyHandlers.limiting(BodyHandlers.ofByteArray(), maxAnswerBytes));
        try {
            HttpResponse<byte[]> response = answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            if (response.statusCode() != 200) {
                throw new ReadFailure(Kind.RPC_ERROR, "the node answered with HTTP status " + response.statusCode());
            }
            return response.body();
        } catch (TimeoutException e) {
            throw late();
        } catch (ExecutionException e) {
            throw failed(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReadFailure(Kind.TIMEOUT, "interrupted while waiting for the node");
        } finally {
            // Cancelling a finished exchange does nothing; cancelling a running one closes its connection.
            answer.cancel(true);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private HttpRequest request(byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(node)
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        String credentials = node.getUserInfo();
        if (credentials != null) {
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
        }
        return request.build();
    }

    private ReadFailure late() {
        return new ReadFailure(Kind.TIMEOUT, "no complete answer within " + timeout.toMillis() + " ms");
    }

    private ReadFailure failed(Throwable cause) {
        if (cause instanceof HttpTimeoutException) {
            return late();
        }
        if (cause instanceof IOException && tooLarge(cause)) {
            return ReadFailure.malformed("the answer is larger than " + maxAnswerBytes + " bytes");
        }
        // The message of a connection error may name the node, so only its class is told.
        return new ReadFailure(
                Kind.UNREACHABLE,
                "no answer from the node (" + cause.getClass().getSimpleName() + "); is it running and reachable?");
    }

    private static boolean tooLarge(Throwable cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (String.valueOf(at.getMessage()).contains("exceeds capacity")) {
                return true;
            }
        }
        return false;
    }
}
