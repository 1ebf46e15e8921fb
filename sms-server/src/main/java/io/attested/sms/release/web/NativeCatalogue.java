package io.attested.sms.release.web;

import static io.attested.sms.http.api.Endpoint.Answer.body;
import static io.attested.sms.http.api.Endpoint.Answer.problem;

import io.attested.sms.http.api.ApiCatalogue;
import io.attested.sms.http.api.ApiPart;
import io.attested.sms.http.api.Endpoint;
import io.attested.sms.http.api.Endpoint.Answer;
import io.attested.sms.http.api.Endpoint.Content;
import java.util.List;
import org.springframework.stereotype.Component;

/** What the native protocol answers. */
@Component
final class NativeCatalogue implements ApiCatalogue {
    private static final String JSON = "application/json";
    private static final String CODES = "[code](errors.md#refusals-under-v1)";

    @Override
    public ApiPart part() {
        return ApiPart.NATIVE;
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(service(), challenges(), grants());
    }

    private static Endpoint service() {
        return Endpoint.of(
                "GET",
                "/v1/service",
                "What this service is; nothing in it is to be trusted because it was received",
                body(200, "always", JSON, """
                {"serviceKey":"0x…","serviceId":"0x…","chainId":134,"hub":"0x…","realm":"production",\
                "kem":"X25519-HKDF-SHA256","trustRoot":"intel-sgx-root","measurementsDigest":"0x…"}"""));
    }

    private static Endpoint challenges() {
        return Endpoint.of(
                        "POST",
                        "/v1/challenges",
                        "A challenge for evidence about one task, good for two minutes and one use",
                        tooLarge("64 KiB"),
                        malformed(),
                        mediaType(),
                        notAcceptable(),
                        problem(401, "request.bad-signature", "who asks is not proved; " + CODES),
                        problem(403, "chain.task-not-active", "refused; " + CODES),
                        outage(),
                        body(200, "issued; nothing was stored", JSON, """
                                {"challenge":"…","nonce":"0x…","expiresAt":"2026-11-01T00:00:00Z","serviceKey":"0x…"}"""))
                .sending(new Content(JSON, "The pool's authorisation and the worker's ask, EIP-712 signed", """
                        {"authorization":{"chainTaskId":"0x…","dealId":"0x…","taskIndex":0,"workerWallet":"0x…",\
                        "enclaveChallenge":"0x…","signature":{"value":"0x…"}},"ask":{"chainTaskId":"0x…","stage":"app",\
                        "worker":"0x…","enclaveChallenge":"0x…","deadline":1793491200},"askSignature":"0x…"}"""));
    }

    private static Endpoint grants() {
        return Endpoint.of(
                        "POST",
                        "/v1/grants",
                        "The task's secrets in an envelope that only the enclave of the evidence opens",
                        tooLarge("128 KiB"),
                        malformed(),
                        mediaType(),
                        notAcceptable(),
                        problem(403, "evidence.wrong-code", "refused, and the challenge is used up; " + CODES),
                        outage(),
                        body(200, "granted; the log entry is durable", JSON, """
                                {"enc":"…","ciphertext":"…","signature":"…","log":{"sequence":1,"head":"0x…","signature":"…"}}"""))
                .sending(new Content(JSON, "Evidence about an enclave and its key; byte strings in base64", """
                        {"challenge":"…","quote":"…","runtimeData":"…","collateral":{}}"""));
    }

    private static Answer tooLarge(String cap) {
        return problem(413, "input.too-large", "the body is over " + cap);
    }

    private static Answer malformed() {
        return problem(400, "input.malformed", "the body is not exactly the JSON object of this endpoint");
    }

    private static Answer mediaType() {
        return problem(415, "input.unsupported-media-type", "the content type is not application/json");
    }

    private static Answer notAcceptable() {
        return problem(406, "input.not-acceptable", "the client accepts no application/json; nothing was looked at");
    }

    private static Answer outage() {
        return problem(503, "chain.unavailable", "nobody can decide now; " + CODES)
                .withHeader("Retry-After: 2");
    }
}
