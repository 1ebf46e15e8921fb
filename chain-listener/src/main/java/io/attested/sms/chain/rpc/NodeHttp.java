package io.attested.sms.chain.rpc;

import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.rpc.ReadFailure.Refusal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One POST and its answer, bounded in size and in time from the first byte out to the last byte in. */
final class NodeHttp implements AutoCloseable {
    private static final int CONTENT_TOO_LARGE = 413;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;
    private static final int MOST_ATTEMPTS = 3;

    private final HttpClient client;
    private final URI node;
    private final Duration timeout;
    private final int maxAnswerBytes;
    private final Pace pace;

    NodeHttp(NodeSettings settings, InstantSource clock) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.timeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        this.node = settings.url();
        this.timeout = settings.timeout();
        this.maxAnswerBytes = settings.maxAnswerBytes();
        this.pace = new Pace(clock, settings.spacing());
    }

    /** Time limit of one exchange. */
    Duration timeout() {
        return timeout;
    }

    /**
     * A node that says when to come back is asked again then, if that is still within the time limit.
     *
     * @param deadline of {@link System#nanoTime}, at most {@link #timeout} from now
     */
    byte[] post(byte[] body, Purpose purpose, long deadline) throws ReadFailure {
        for (int attempt = 1; ; attempt++) {
            await(purpose, remaining(deadline));
            HttpResponse<byte[]> response = exchange(body, remaining(deadline));
            int status = response.statusCode();
            if (status == 200) {
                pace.served(purpose);
                return plain(response);
            }
            boolean limited = status == TOO_MANY_REQUESTS || status == UNAVAILABLE;
            if (limited) {
                Optional<String> retryAfter = response.headers().firstValue("Retry-After");
                Duration pause = pace.refused(retryAfter);
                if (retryAfter.isPresent() && attempt < MOST_ATTEMPTS && pause.compareTo(remaining(deadline)) < 0) {
                    continue;
                }
            }
            throw new ReadFailure(
                    Kind.RPC_ERROR, "the node answered with HTTP status " + status, refusal(status, limited));
        }
    }

    private static Refusal refusal(int status, boolean limited) {
        if (limited) {
            return Refusal.RATE_LIMITED;
        }
        return status == CONTENT_TOO_LARGE ? Refusal.TOO_MUCH : Refusal.NONE;
    }

    private static Duration remaining(long deadline) {
        return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
    }

    private void await(Purpose purpose, Duration patience) throws ReadFailure {
        Duration wait = pace.turn(purpose, patience)
                .orElseThrow(() -> new ReadFailure(
                        Kind.RPC_ERROR, "the node has asked to be left alone for a while", Refusal.RATE_LIMITED));
        if (wait.isZero()) {
            return;
        }
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReadFailure(Kind.TIMEOUT, "interrupted while waiting for the node's pace");
        }
    }

    /** Nothing is inflated: a small compressed answer can be a large one. */
    private static byte[] plain(HttpResponse<byte[]> response) throws ReadFailure {
        String encoding = response.headers().firstValue("Content-Encoding").orElse("identity");
        if (!"identity".equalsIgnoreCase(encoding)) {
            throw ReadFailure.malformed("the answer is compressed although that was not accepted");
        }
        return response.body();
    }

    private HttpResponse<byte[]> exchange(byte[] body, Duration limit) throws ReadFailure {
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(
                request(body, limit), BodyHandlers.limiting(BodyHandlers.ofByteArray(), maxAnswerBytes));
        try {
            return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
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

    private HttpRequest request(byte[] body, Duration limit) {
        HttpRequest.Builder request = HttpRequest.newBuilder(node)
                .timeout(limit)
                .header("Content-Type", "application/json")
                .header("Accept-Encoding", "identity")
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
            return new ReadFailure(
                    Kind.MALFORMED_ANSWER, "the answer is larger than " + maxAnswerBytes + " bytes", Refusal.OVERSIZED);
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
