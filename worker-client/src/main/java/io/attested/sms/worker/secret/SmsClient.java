package io.attested.sms.worker.secret;

import io.attested.sms.attestation.seal.RawSecretAccess;
import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.worker.ethereum.Wallet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;

/**
 * Pushes secrets to a service and asks for their presence, over the interface iExec clients use.
 *
 * <p>The value travels in the request's body as it is, so its confidentiality on the way is that of the connection: use an
 * {@code https} address unless the service listens on the loopback
 * interface. Thread-safe.
 */
public final class SmsClient {
    /** Longest value in bytes. */
    public static final int MAX_VALUE = 4096;

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final HttpClient http;
    private final URI service;

    /**
     * A client of one service.
     *
     * @param service scheme, host and port; the paths of the interface are at the root
     */
    public SmsClient(HttpClient http, URI service) {
        this.http = http;
        this.service = service;
    }

    /** Stores a new secret, signed by {@code owner}. The caller keeps and closes {@code value}. */
    public PushOutcome push(SecretTarget target, SecretBytes value, Wallet owner) {
        return send("POST", target, value, owner);
    }

    /** Stores an account's secret, in place of the one there if there is one. */
    public PushOutcome replace(SecretTarget.OfAccount target, SecretBytes value, Wallet owner) {
        PushOutcome replaced = send("PUT", target, value, owner);
        return replaced instanceof PushOutcome.NothingToReplace ? push(target, value, owner) : replaced;
    }

    /** Asks whether a secret is there. Needs no signature. */
    public Presence presence(SecretTarget target) {
        HttpRequest request = request(target)
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            int status =
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return switch (status / 100) {
                case 2 -> new Presence.Present();
                default ->
                    status == 404 ? new Presence.Absent() : new Presence.Unknown("it answered with status " + status);
            };
        } catch (IOException e) {
            return new Presence.Unknown(reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Presence.Unknown("the call was interrupted");
        }
    }

    private PushOutcome send(String method, SecretTarget target, SecretBytes value, Wallet owner) {
        byte[] raw = value.copy(RawSecretAccess.to("push it"));
        try {
            HttpRequest request = request(target)
                    .header(
                            "Authorization",
                            owner.signMessage(target.challenge(raw)).hex())
                    .header("Content-Type", "text/plain")
                    .method(method, HttpRequest.BodyPublishers.ofByteArray(raw))
                    .build();
            return outcome(
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
        } catch (IOException e) {
            return new PushOutcome.Unavailable(reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new PushOutcome.Unavailable("the call was interrupted");
        } finally {
            Arrays.fill(raw, (byte) 0);
        }
    }

    private HttpRequest.Builder request(SecretTarget target) {
        return HttpRequest.newBuilder(service.resolve(target.path())).timeout(TIMEOUT);
    }

    private String reason(IOException e) {
        return "no answer from " + service + " (" + e.getClass().getSimpleName()
                + "): it is not running, or the address is wrong";
    }

    private static PushOutcome outcome(int status) {
        return switch (status) {
            case 200, 201, 204 -> new PushOutcome.Stored();
            case 401, 403 -> new PushOutcome.NotAllowed();
            case 404 -> new PushOutcome.NothingToReplace();
            case 409 -> new PushOutcome.AlreadyExists();
            case 413 -> new PushOutcome.TooLarge();
            default ->
                status >= 500
                        ? new PushOutcome.Unavailable("it answered with status " + status)
                        : new PushOutcome.Unexpected(status);
        };
    }
}
