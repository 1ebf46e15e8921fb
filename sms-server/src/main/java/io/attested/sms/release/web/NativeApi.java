package io.attested.sms.release.web;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.grant.Refusal;
import io.attested.sms.http.Problem;
import io.attested.sms.http.RefusalLog;
import io.attested.sms.release.AskOutcome;
import io.attested.sms.release.ChallengeDesk;
import io.attested.sms.release.EnvelopeDesk;
import io.attested.sms.release.RedeemOutcome;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1}: what this service is, challenges, grants. */
@RestController
@RequestMapping("/v1")
public final class NativeApi {
    private final ServiceCard card;
    private final ChallengeDesk challenges;
    private final EnvelopeDesk envelopes;
    private final MeterRegistry metrics;
    private final RefusalLog log;

    public NativeApi(
            ServiceCard card, ChallengeDesk challenges, EnvelopeDesk envelopes, MeterRegistry metrics, RefusalLog log) {
        this.card = card;
        this.challenges = challenges;
        this.envelopes = envelopes;
        this.metrics = metrics;
        this.log = log;
    }

    @GetMapping("/service")
    ServiceCard service() {
        return card;
    }

    @PostMapping(
            path = "/challenges",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Map<String, Object>> challenge(@RequestBody(required = false) byte[] body) {
        return switch (challenges.ask(NativeRequests.ask(body))) {
            case AskOutcome.Issued issued -> {
                count("sms.challenges", "issued");
                yield ResponseEntity.ok(answer(issued));
            }
            case AskOutcome.Refused(Refusal refusal) -> refused("sms.challenges", refusal);
        };
    }

    @PostMapping(
            path = "/grants",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Map<String, Object>> grant(@RequestBody(required = false) byte[] body) {
        return switch (envelopes.redeem(NativeRequests.redeem(body))) {
            case RedeemOutcome.Granted granted -> {
                count("sms.grants", "granted");
                yield ResponseEntity.ok(answer(granted));
            }
            case RedeemOutcome.Refused(Refusal refusal) -> refused("sms.grants", refusal);
        };
    }

    private static Map<String, Object> answer(AskOutcome.Issued issued) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("challenge", issued.challenge());
        answer.put("nonce", issued.nonce().toString());
        answer.put("expiresAt", issued.expiresAt().toString());
        answer.put("serviceKey", hex(issued.serviceKey()));
        return answer;
    }

    private static Map<String, Object> answer(RedeemOutcome.Granted granted) {
        Base64.Encoder base64 = Base64.getEncoder();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("enc", base64.encodeToString(granted.envelope().enc()));
        answer.put("ciphertext", base64.encodeToString(granted.envelope().ciphertext()));
        answer.put("signature", base64.encodeToString(granted.signature().toByteArray()));
        answer.put("log", LogPosition.of(granted.head()));
        return answer;
    }

    private ResponseEntity<Map<String, Object>> refused(String metric, Refusal refusal) {
        count(metric, refusal.code().word());
        log.refused("release_refused", refusal.code().word());
        return Problem.of(refusal);
    }

    private void count(String metric, String outcome) {
        metrics.counter(metric, "outcome", outcome).increment();
    }

    private static String hex(ByteString bytes) {
        return "0x" + bytes.hex();
    }
}
