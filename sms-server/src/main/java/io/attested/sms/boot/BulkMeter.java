package io.attested.sms.boot;

import io.attested.sms.task.bulk.BulkEvents;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts and logs what becomes of the lists of bulk deals. */
final class BulkMeter implements BulkEvents {
    private static final Logger LOG = LoggerFactory.getLogger(BulkMeter.class);

    private final MeterRegistry metrics;

    BulkMeter(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    @Override
    public void judged(int usable, int unusable) {
        count(unusable == 0 ? "usable" : "unusable");
    }

    @Override
    public void listUnavailable(String reason) {
        count("list-unavailable");
        LOG.warn("bulk_list_unavailable reason={}", reason);
    }

    @Override
    public void listInvalid(String reason) {
        count("list-invalid");
        LOG.info("bulk_list_invalid reason={}", reason);
    }

    @Override
    public void chainUnavailable() {
        count("chain-unavailable");
    }

    private void count(String outcome) {
        metrics.counter("sms.bulk.slices", "outcome", outcome).increment();
    }
}
