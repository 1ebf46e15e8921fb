package io.attested.sms.session;

import io.attested.sms.task.TeeFramework;
import java.util.EnumMap;
import java.util.Map;

/**
 * Which publisher serves which framework: a task's session goes to the one of its own framework and never to another's.
 *
 * @param byFramework one for each framework
 */
public record SessionPublishers(Map<TeeFramework, SessionPublisher> byFramework) {
    /** Takes an unmodifiable copy. */
    public SessionPublishers {
        for (TeeFramework framework : TeeFramework.values()) {
            if (!byFramework.containsKey(framework)) {
                throw new IllegalArgumentException("no publisher for " + framework);
            }
        }
        byFramework = Map.copyOf(byFramework);
    }

    /** One for all frameworks. */
    public static SessionPublishers all(SessionPublisher publisher) {
        Map<TeeFramework, SessionPublisher> same = new EnumMap<>(TeeFramework.class);
        for (TeeFramework framework : TeeFramework.values()) {
            same.put(framework, publisher);
        }
        return new SessionPublishers(same);
    }

    /** The publisher of a framework. */
    public SessionPublisher of(TeeFramework framework) {
        SessionPublisher publisher = byFramework.get(framework);
        if (publisher == null) {
            throw new IllegalStateException("every framework has a publisher");
        }
        return publisher;
    }
}
