package io.attested.sms.operate.chain;

import io.attested.sms.chain.live.MemoryMeter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts look-ups of tasks and owners by whether memory answered them. */
public final class LookupCounts implements MemoryMeter {
    private final MeterRegistry metrics;

    public LookupCounts(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    @Override
    public void hit() {
        count("memory");
    }

    @Override
    public void miss() {
        count("nodes");
    }

    private void count(String answered) {
        metrics.counter("sms.chain.lookups", "by", answered).increment();
    }
}
