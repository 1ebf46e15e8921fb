package io.attested.sms.iexec.web;

import io.attested.sms.iexec.PushDesk;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** Counts pushes by kind of secret and outcome. */
@Component
final class PushMeter {
    private final MeterRegistry metrics;

    PushMeter(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    void count(String kind, PushDesk.Outcome outcome) {
        String word = switch (outcome) {
            case PushDesk.Outcome.Stored ignored -> "stored";
            case PushDesk.Outcome.Unauthorized ignored -> "unauthorized";
            case PushDesk.Outcome.BadName ignored -> "bad-name";
            case PushDesk.Outcome.TooLarge ignored -> "too-large";
            case PushDesk.Outcome.AlreadyExists ignored -> "already-exists";
            case PushDesk.Outcome.Missing ignored -> "missing";
            case PushDesk.Outcome.ChainUnavailable ignored -> "chain-unavailable";
        };
        metrics.counter("sms.pushes", "kind", kind, "outcome", word).increment();
    }
}
