package io.attested.sms.operate.chain;

import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.follow.FollowerEvents;
import io.attested.sms.chain.follow.Standing;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts and logs what happens to the followed chain: a line when something changes, not with each block. */
public final class FollowerWatch implements FollowerEvents {
    private static final Logger LOG = LoggerFactory.getLogger(FollowerWatch.class);
    private static final Duration BETWEEN_FAULTS = Duration.ofMinutes(1);

    private final MeterRegistry metrics;
    private final InstantSource clock;
    private final AtomicLong lag = new AtomicLong();
    private final AtomicBoolean following = new AtomicBoolean();
    private final AtomicReference<Instant> nextFault = new AtomicReference<>(Instant.MIN);

    public FollowerWatch(MeterRegistry metrics, InstantSource clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Blocks the followed head was behind the chain's when that was last told; negative when the chain went back. */
    public long lagBlocks() {
        return lag.get();
    }

    @Override
    public void following(Standing.Following blocks) {
        lag.set(0);
        if (!following.getAndSet(true)) {
            LOG.info(
                    "chain_following settled={} head={} hash={}",
                    blocks.settled().number(),
                    blocks.head().number(),
                    blocks.head().hash());
        }
    }

    @Override
    public void lag(long blocks, BlockRef told) {
        lag.set(blocks);
    }

    @Override
    public void reorg(long depth, BlockRef abandoned, BlockRef head) {
        metrics.counter("sms.chain.reorgs", "depth", range(depth)).increment();
        LOG.info(
                "chain_reorg depth={} abandoned={} abandonedHash={} head={} headHash={}",
                depth,
                abandoned.number(),
                abandoned.hash(),
                head.number(),
                head.hash());
    }

    @Override
    public void stopped(Standing.Stopped why) {
        following.set(false);
        switch (why.reason()) {
            case STARTING -> LOG.info("chain_starting");
            case REORG_BELOW_SETTLED -> LOG.error("chain_reorg_below_settled settled={}", number(why.settled()));
            case STALE_HEAD, STALE_SETTLED, SILENT, HEAD_FROM_FUTURE, BEHIND_SETTLED, NOT_SETTLING ->
                LOG.warn(
                        "chain_stopped reason={} settled={} head={}",
                        Words.of(why.reason()),
                        number(why.settled()),
                        number(why.head()));
        }
    }

    @Override
    public void caughtUp(BlockRef settled, BlockRef head) {
        LOG.info("chain_caught_up settled={} head={}", settled.number(), head.number());
    }

    @Override
    public void gap(long from, long to) {
        LOG.warn("chain_events_missing from={} to={}", from, to);
    }

    @Override
    public void fault(ChainFailure failure) {
        metrics.counter("sms.chain.faults", "kind", Words.of(failure.kind())).increment();
        Instant now = clock.instant();
        Instant next = nextFault.get();
        if (!now.isBefore(next) && nextFault.compareAndSet(next, now.plus(BETWEEN_FAULTS))) {
            LOG.warn("chain_fault kind={} detail={}", failure.kind(), failure.detail());
        }
    }

    private static String number(Optional<BlockRef> block) {
        return block.map(known -> Long.toString(known.number())).orElse("none");
    }

    /** Depths in ranges that double, so that labels stay few. */
    private static String range(long depth) {
        if (depth <= 2) {
            return Long.toString(depth);
        }
        if (depth > 64) {
            return "65+";
        }
        long from = Long.highestOneBit(depth - 1) + 1;
        return from + "-" + 2 * (from - 1);
    }
}
