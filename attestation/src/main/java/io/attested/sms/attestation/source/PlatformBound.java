package io.attested.sms.attestation.source;

import io.attested.sms.attestation.ByteString;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** At most so many distinct platform models within an hour. */
final class PlatformBound {
    private static final Duration HOUR = Duration.ofHours(1);

    private final int most;
    private final Map<ByteString, Instant> admitted = new HashMap<>();

    PlatformBound(int most) {
        this.most = most;
    }

    synchronized boolean admits(ByteString fmspc, Instant now) {
        admitted.values().removeIf(since -> !since.plus(HOUR).isAfter(now));
        if (admitted.containsKey(fmspc)) {
            return true;
        }
        if (admitted.size() >= most) {
            return false;
        }
        admitted.put(fmspc, now);
        return true;
    }
}
