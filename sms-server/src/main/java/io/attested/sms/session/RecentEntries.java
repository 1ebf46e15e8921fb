package io.attested.sms.session;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which decisions were written lately, so that a request sent again and again is written once an hour.
 *
 * <p>The signatures over iExec's authorisations never end; whoever recorded one request could otherwise fill the disk
 * with entries about it. At most {@value #REMEMBERED} decisions are remembered, the oldest is forgotten first.
 */
final class RecentEntries {
    private static final int REMEMBERED = 10_000;
    private static final Duration ONCE_IN = Duration.ofHours(1);

    private final Map<String, Instant> written = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Whether an entry about {@code decision} was written in the last hour. */
    synchronized boolean holds(String decision, Instant now) {
        Instant last = written.get(decision);
        return last != null && now.isBefore(last.plus(ONCE_IN));
    }

    /** An entry about {@code decision} is durable. */
    synchronized void add(String decision, Instant now) {
        written.remove(decision);
        written.put(decision, now);
    }
}
