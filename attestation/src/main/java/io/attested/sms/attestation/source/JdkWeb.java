package io.attested.sms.attestation.source;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@link Web} on the JDK's HTTP client. Follows no redirect, sends no credentials, keeps no cookies. */
public final class JdkWeb implements Web {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final HttpClient client;

    private JdkWeb(HttpClient client) {
        this.client = client;
    }

    /** A client of its own. */
    public static JdkWeb open() {
        return new JdkWeb(HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .build());
    }

    @Override
    public Reply get(URI address, Limits limits) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(limits.time()).GET().build();
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client.sendAsync(request, head -> new CappedBody(limits.bodyBytes()));
        try {
            // The client's own timeout ends with the headers; this one covers a body that drips.
            HttpResponse<byte[]> response = exchange.get(limits.time().toMillis(), TimeUnit.MILLISECONDS);
            return new Reply(response.statusCode(), headers(response.headers(), limits), response.body());
        } catch (TimeoutException late) {
            throw new IOException("no whole answer within " + limits.time(), late);
        } catch (ExecutionException failed) {
            throw new IOException(reason(failed), failed.getCause());
        } finally {
            exchange.cancel(true);
        }
    }

    private static String reason(ExecutionException failed) {
        Throwable cause = failed.getCause();
        return cause == null ? "no answer" : cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }

    private static Map<String, String> headers(HttpHeaders headers, Limits limits) throws IOException {
        Map<String, String> first = new HashMap<>();
        int total = 0;
        for (Map.Entry<String, List<String>> header : headers.map().entrySet()) {
            for (String value : header.getValue()) {
                total += header.getKey().length() + value.length();
            }
            first.put(
                    header.getKey().toLowerCase(Locale.ROOT), header.getValue().getFirst());
        }
        if (total > limits.headerBytes()) {
            throw new IOException("headers have " + total + " characters, expected at most " + limits.headerBytes());
        }
        return first;
    }
}
