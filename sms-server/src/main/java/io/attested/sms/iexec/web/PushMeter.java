package io.attested.sms.iexec.web;

import io.attested.sms.iexec.PushDesk;
import io.attested.sms.iexec.SecretTotals;
import io.attested.sms.secret.SecretKind;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** Counts pushes by kind of secret and outcome. */
@Component
final class PushMeter {
    private final MeterRegistry metrics;
    private final SecretTotals totals;

    PushMeter(MeterRegistry metrics, SecretTotals totals) {
        this.metrics = metrics;
        this.totals = totals;
    }

    /** A first value. */
    void pushed(SecretKind kind, PushDesk.Outcome outcome) {
        count(kind, outcome);
        if (outcome instanceof PushDesk.Outcome.Stored) {
            totals.added(kind);
        }
    }

    /** Another value for a secret that is there. */
    void replaced(SecretKind kind, PushDesk.Outcome outcome) {
        count(kind, outcome);
    }

    private void count(SecretKind kind, PushDesk.Outcome outcome) {
        String word = switch (outcome) {
            case PushDesk.Outcome.Stored ignored -> "stored";
            case PushDesk.Outcome.Unauthorized ignored -> "unauthorized";
            case PushDesk.Outcome.BadName ignored -> "bad-name";
            case PushDesk.Outcome.TooLarge ignored -> "too-large";
            case PushDesk.Outcome.AlreadyExists ignored -> "already-exists";
            case PushDesk.Outcome.Missing ignored -> "missing";
            case PushDesk.Outcome.ChainUnavailable ignored -> "chain-unavailable";
        };
        metrics.counter("sms.pushes", "kind", word(kind), "outcome", word).increment();
    }

    private static String word(SecretKind kind) {
        return switch (kind) {
            case DATASET_KEY -> "dataset";
            case ACCOUNT_SECRET -> "account";
            case APP_SECRET -> "app";
            case REQUESTER_SECRET -> "requester";
        };
    }
}
