package io.attested.sms.session;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often something may be done for one worker of one task: so many times within an hour of the first.
 *
 * <p>The signatures of an authorisation never end, and what is released is an entry of the log for ever. Workers of one task
 * do not spend each other's budget. At most {@value #REMEMBERED} workers of tasks are remembered, the longest unheard is
 * forgotten first. Safe for many threads.
 */
public final class TaskBudget {
    private static final int REMEMBERED = 10_000;
    private static final Duration WINDOW = Duration.ofHours(1);

    private final int perHour;
    private final InstantSource clock;
    private final Map<Spender, Spent> spenders = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Spender, Spent> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** @param perHour how many times; positive */
    public TaskBudget(int perHour, InstantSource clock) {
        this.perHour = perHour;
        this.clock = clock;
    }

    private record Spender(Bytes32 task, Address worker) {}

    private record Spent(Instant end, int times) {}

    /** Whether it may be done once more now; if so it is counted. */
    public synchronized boolean spend(Bytes32 task, Address worker) {
        Spender spender = new Spender(task, worker);
        Instant now = clock.instant();
        Spent spent = spenders.get(spender);
        if (spent == null || !now.isBefore(spent.end())) {
            spent = new Spent(now.plus(WINDOW), 0);
        }
        if (spent.times() >= perHour) {
            return false;
        }
        spenders.put(spender, new Spent(spent.end(), spent.times() + 1));
        return true;
    }
}
