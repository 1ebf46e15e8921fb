package io.attested.sms.boot;

import io.attested.sms.attestation.source.CollateralAnswer;
import io.attested.sms.attestation.source.CollateralEvents;
import io.attested.sms.attestation.source.CollateralKey;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts and logs what happens around the service's own collateral. */
final class CollateralMeter implements CollateralEvents {
    private static final Logger LOG = LoggerFactory.getLogger(CollateralMeter.class);

    private final MeterRegistry metrics;

    CollateralMeter(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    @Override
    public void fetched(CollateralKey key) {
        count("fetched");
        LOG.info("collateral_fetched platform={}", key);
    }

    @Override
    public void nothingNewer(CollateralKey key) {
        count("nothing-newer");
        LOG.info("collateral_nothing_newer platform={}", key);
    }

    @Override
    public void failed(CollateralKey key, CollateralAnswer.Reason reason, String detail) {
        count(reason.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        LOG.warn("collateral_failed platform={} reason={} detail={}", key, reason, detail);
    }

    @Override
    public void refusedByBound(CollateralKey key) {
        metrics.counter("sms.collateral.bound").increment();
        LOG.warn("collateral_bound platform={}", key);
    }

    @Override
    public void ignored(String file, String why) {
        LOG.warn("collateral_ignored file={} why={}", file, why);
    }

    @Override
    public void notKept(CollateralKey key, String why) {
        LOG.warn("collateral_not_kept platform={} why={}", key, why);
    }

    private void count(String outcome) {
        metrics.counter("sms.collateral.fetches", "outcome", outcome).increment();
    }
}
