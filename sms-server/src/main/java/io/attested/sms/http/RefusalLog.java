package io.attested.sms.http;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes refusals to the service's own log, sampled: at most ten a second, so that a flood of requests is no flood of
 * lines. Metrics count every one.
 */
public final class RefusalLog {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
    private static final int LINES_PER_SECOND = 10;

    private final InstantSource clock;
    // The current second times a hundred, plus the lines written in it.
    private final AtomicLong written = new AtomicLong();

    public RefusalLog(InstantSource clock) {
        this.clock = clock;
    }

    /** @param event constant name; @param code the word answered */
    public void refused(String event, String code) {
        long second = clock.instant().getEpochSecond() * 100;
        long lines = written.updateAndGet(last -> last < second ? second + 1 : Math.min(last + 1, second + 99));
        if (lines - second <= LINES_PER_SECOND) {
            LOG.info("refused event={} code={}", event, code);
        }
    }
}
