package io.attested.sms.boot;

import io.attested.sms.session.StoreMeter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/** Counts publications in session stores. */
final class SessionMeter implements StoreMeter {
    private final MeterRegistry metrics;

    SessionMeter(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    @Override
    public void ended(String store, String outcome, Duration took) {
        metrics.counter("sms.sessions.published", "store", store, "outcome", outcome)
                .increment();
        metrics.counter("sms.sessions.published.seconds", "store", store).increment(took.toNanos() / 1e9);
    }

    @Override
    public void triedAgain(String store) {
        metrics.counter("sms.sessions.retried", "store", store).increment();
    }
}
