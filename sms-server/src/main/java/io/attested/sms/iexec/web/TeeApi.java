package io.attested.sms.iexec.web;

import io.attested.sms.audit.LogUnavailable;
import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.http.RefusalLog;
import io.attested.sms.identity.SentSignature;
import io.attested.sms.iexec.FrameworkListeners;
import io.attested.sms.iexec.SessionDesk;
import io.attested.sms.iexec.SessionError;
import io.attested.sms.task.TeeFramework;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /tee}: framework, challenges and sessions, contract section 1.4. */
@RestController
@RequestMapping("/tee")
final class TeeApi {
    private static final Logger LOG = LoggerFactory.getLogger(TeeApi.class);
    private static final MediaType PLAIN_UTF8 = MediaType.parseMediaType("text/plain;charset=UTF-8");

    private final FrameworkListeners listeners;
    private final SessionDesk desk;
    private final MeterRegistry metrics;
    private final RefusalLog log;

    TeeApi(FrameworkListeners listeners, SessionDesk desk, MeterRegistry metrics, RefusalLog log) {
        this.listeners = listeners;
        this.desk = desk;
        this.metrics = metrics;
        this.log = log;
    }

    @GetMapping("/framework")
    ResponseEntity<Object> framework(HttpServletRequest request) {
        Optional<TeeFramework> framework = listeners.frameworkOf(request.getLocalPort());
        return framework
                .<ResponseEntity<Object>>map(found -> ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(found))
                .orElseGet(() -> ResponseEntity.notFound().build());
    }

    @PostMapping("/challenges/{chainTaskId}")
    ResponseEntity<String> challenge(
            @RequestHeader("Authorization") String authorization, @PathVariable String chainTaskId) {
        SessionDesk.ChallengeOutcome outcome = Bytes32.tryParse(chainTaskId)
                .map(task -> desk.challenge(task, SentSignature.parse(authorization)))
                .orElseGet(SessionDesk.ChallengeOutcome.Unauthorized::new);
        return switch (outcome) {
            case SessionDesk.ChallengeOutcome.Served(Address address) ->
                ResponseEntity.ok().contentType(PLAIN_UTF8).body(address.toString());
            case SessionDesk.ChallengeOutcome.Unauthorized ignored ->
                ResponseEntity.status(HttpStatus.UNAUTHORIZED).build();
            case SessionDesk.ChallengeOutcome.Unreadable ignored ->
                ResponseEntity.notFound().build();
            case SessionDesk.ChallengeOutcome.Outage ignored ->
                ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).build();
        };
    }

    /** What a client accepts does not matter: a session that was published is told of. */
    @PostMapping(
            path = "/sessions",
            consumes = {MediaType.APPLICATION_JSON_VALUE, "application/*+json"})
    ResponseEntity<Object> session(
            @RequestHeader("Authorization") String authorization, @RequestBody WorkerpoolAuthorization body) {
        return switch (outcome(authorization, body)) {
            case SessionDesk.SessionOutcome.Served(var session) -> {
                count("served");
                yield json(
                        HttpStatus.OK.value(),
                        Map.of(
                                "data",
                                Map.of(
                                        "sessionId",
                                        session.id().value(),
                                        "secretProvisioningUrl",
                                        session.provisioningUrl())));
            }
            case SessionDesk.SessionOutcome.Refused(SessionError error) -> refused(error, error.status());
            case SessionDesk.SessionOutcome.Outage(SessionError error) ->
                refused(error, HttpStatus.SERVICE_UNAVAILABLE.value());
        };
    }

    /** An outage of the store is told in a word of the contract too: workers read no other form. */
    private SessionDesk.SessionOutcome outcome(String authorization, WorkerpoolAuthorization body) {
        try {
            return body.ask(desk, SentSignature.parse(authorization))
                    .orElseGet(() -> new SessionDesk.SessionOutcome.Refused(SessionError.INVALID_AUTHORIZATION));
        } catch (LogUnavailable | DataAccessException | TransactionException outage) {
            LOG.error("store_unavailable cause={}", outage.getClass().getSimpleName());
            return new SessionDesk.SessionOutcome.Outage(SessionError.SECURE_SESSION_GENERATION_FAILED);
        }
    }

    private ResponseEntity<Object> refused(SessionError error, int status) {
        count(error.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        log.refused("session_refused", error.name());
        return json(status, Map.of("error", error));
    }

    private static ResponseEntity<Object> json(int status, Object body) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body);
    }

    private void count(String outcome) {
        metrics.counter("sms.sessions", "outcome", outcome).increment();
    }
}
