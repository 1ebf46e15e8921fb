package io.attested.sms.operate.chain;

import io.attested.sms.chain.follow.OwnershipChanges;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts and logs settled changes of owners. Decisions do not rest on these: each reads the owner at its own block. */
public final class OwnershipWatch implements OwnershipChanges {
    private static final Logger LOG = LoggerFactory.getLogger(OwnershipWatch.class);

    private final MeterRegistry metrics;

    public OwnershipWatch(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    @Override
    public void changed(Change change) {
        metrics.counter("sms.chain.ownership.changes").increment();
        LOG.info(
                "chain_ownership_changed asset={} from={} to={} block={}",
                change.asset(),
                change.from(),
                change.to(),
                change.blockNumber());
    }
}
