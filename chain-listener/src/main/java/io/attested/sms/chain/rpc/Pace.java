package io.attested.sms.chain.rpc;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/** When the next exchange with a node may start: its spacing, its Retry-After, and back-off without one. */
final class Pace {
    /** Longest pause a node can ask for; a longer one would let it take itself out of a quorum for good. */
    static final Duration LONGEST = Duration.ofSeconds(60);

    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(200);
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");
    private static final int MOST_DOUBLINGS = 8;

    private final InstantSource clock;
    private final Duration spacing;
    private Instant notBefore = Instant.MIN;
    private int refusals;

    Pace(InstantSource clock, Duration spacing) {
        this.clock = clock;
        this.spacing = spacing;
    }

    /** How long to wait before an exchange, which is then counted as started; empty when longer than {@code patience}. */
    synchronized Optional<Duration> turn(Duration patience) {
        Instant now = clock.instant();
        Duration wait = notBefore.isAfter(now) ? Duration.between(now, notBefore) : Duration.ZERO;
        if (wait.compareTo(patience) > 0) {
            return Optional.empty();
        }
        notBefore = now.plus(wait).plus(spacing);
        return Optional.of(wait);
    }

    synchronized void served() {
        refusals = 0;
    }

    /**
     * The node answered 429 or 503.
     *
     * @param retryAfter the header's value, RFC 9110 section 10.2.3: seconds or a date
     * @return how long the node is left alone, at most {@link #LONGEST}
     */
    synchronized Duration refused(Optional<String> retryAfter) {
        Instant now = clock.instant();
        Duration backOff = FIRST_BACK_OFF.multipliedBy(1L << Math.min(refusals, MOST_DOUBLINGS));
        refusals++;
        Duration pause = bounded(retryAfter.flatMap(text -> asked(text, now)).orElse(backOff));
        Instant until = now.plus(pause);
        notBefore = until.isAfter(notBefore) ? until : notBefore;
        return pause;
    }

    private static Duration bounded(Duration pause) {
        if (pause.isNegative()) {
            return Duration.ZERO;
        }
        return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }

    private static Optional<Duration> asked(String text, Instant now) {
        String trimmed = text.trim();
        if (SECONDS.matcher(trimmed).matches()) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(trimmed)));
        }
        try {
            Instant date = ZonedDateTime.parse(trimmed, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(Duration.between(now, date));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
