package io.attested.sms.worker.release;

import io.attested.sms.worker.json.JsonText;
import io.attested.sms.worker.json.MalformedJsonException;
import io.attested.sms.worker.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The native release over HTTP. Answers of more than 1 MiB are refused; problems are read as RFC 9457 with the member
 * {@code code}. Thread-safe.
 */
public final class HttpReleaseService implements ReleaseService {
    private static final int MAX_ANSWER = 1 << 20;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final HttpClient http;
    private final URI service;

    /**
     * A client of one service.
     *
     * @param service scheme, host and port; {@code /v1} is at the root
     */
    public HttpReleaseService(HttpClient http, URI service) {
        this.http = http;
        this.service = service;
    }

    @Override
    public Answer<ServiceDescription> describe() {
        return call(request("/v1/service").GET().build(), ServiceDescription::parse);
    }

    @Override
    public Answer<Challenge> ask(Authorization authorization, SignedAsk ask) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("authorization", authorization.members());
        body.putAll(ask.members());
        return call(post("/v1/challenges", JsonText.bytes(body)), Challenge::parse);
    }

    @Override
    public Answer<Grant> redeem(Redemption redemption) {
        try {
            return call(post("/v1/grants", redemption.json()), Grant::parse);
        } catch (MalformedJsonException e) {
            return new Answer.Declined<>("enclave.no-evidence", "nothing was sent: " + e.getMessage());
        }
    }

    /** The code and detail of a problem document (RFC 9457), whatever its bytes are. */
    static <T> Answer<T> problem(int status, byte[] body) {
        String fallback = status >= 500 ? Answer.UNAVAILABLE : Answer.UNREADABLE;
        try {
            StrictJson problem = StrictJson.parseOpen("the problem", body);
            String detail = problem.has("detail") ? problem.text("detail") : "the service answered " + status;
            return new Answer.Declined<>(problem.text("code"), detail);
        } catch (MalformedJsonException e) {
            return new Answer.Declined<>(fallback, "the service answered with status " + status + " and no code");
        }
    }

    private <T> Answer<T> call(HttpRequest request, Reader<T> reader) {
        try {
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            byte[] body = readCapped(response);
            if (body.length > MAX_ANSWER) {
                return new Answer.Declined<>(Answer.UNREADABLE, "the service's answer has more than 1 MiB");
            }
            return response.statusCode() / 100 == 2
                    ? new Answer.Given<>(reader.read(body))
                    : problem(response.statusCode(), body);
        } catch (MalformedJsonException e) {
            return new Answer.Declined<>(Answer.UNREADABLE, e.getMessage() == null ? "" : e.getMessage());
        } catch (IOException e) {
            return new Answer.Declined<>(
                    Answer.UNAVAILABLE,
                    "no answer from " + service + " (" + e.getClass().getSimpleName()
                            + "); is the service running and the address right?");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Declined<>(Answer.UNAVAILABLE, "the call was interrupted");
        }
    }

    private static byte[] readCapped(HttpResponse<InputStream> response) throws IOException {
        try (InputStream in = response.body()) {
            return in.readNBytes(MAX_ANSWER + 1);
        }
    }

    private HttpRequest post(String path, byte[] json) {
        return request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json))
                .build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(service.resolve(path)).timeout(TIMEOUT);
    }

    private interface Reader<T> {
        T read(byte[] body) throws MalformedJsonException;
    }
}
