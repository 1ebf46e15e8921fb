package io.attested.sms.chain.rpc;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * When the next exchange with a node may start: its spacing, its Retry-After, and back-off without one.
 *
 * <p>While the node wants to be left alone, no request reaches it; those who follow and check the chain still try one
 * exchange every {@link #TRIAL}, and go on as long as it serves them, so that what requests use up does not make the
 * service blind.
 */
final class Pace {
    /** Longest pause a node can ask for; a longer one would let it take itself out of a quorum for good. */
    static final Duration LONGEST = Duration.ofSeconds(60);

    /** Least time between two tries of a node that wants to be left alone and refuses them. */
    static final Duration TRIAL = Duration.ofSeconds(2);

    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(200);
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");
    private static final int MOST_DOUBLINGS = 8;

    private final InstantSource clock;
    private final Duration spacing;
    private Instant notBefore = Instant.MIN;
    private Instant pausedUntil = Instant.MIN;
    private Instant nextTrial = Instant.MIN;
    private int refusals;

    Pace(InstantSource clock, Duration spacing) {
        this.clock = clock;
        this.spacing = spacing;
    }

    /** How long to wait before an exchange, which is then counted as started; empty when longer than {@code patience}. */
    synchronized Optional<Duration> turn(Purpose purpose, Duration patience) {
        Instant now = clock.instant();
        Instant start = latest(now, latest(notBefore, resumed(purpose)));
        Duration wait = Duration.between(now, start);
        if (wait.compareTo(patience) > 0 || crowdsOut(purpose, now, patience)) {
            return Optional.empty();
        }
        notBefore = start.plus(spacing);
        if (purpose != Purpose.REQUEST) {
            nextTrial = start.plus(TRIAL);
        }
        return Optional.of(wait);
    }

    /** Requests book no more than half of the time ahead, so that the others always find a turn in theirs. */
    private boolean crowdsOut(Purpose purpose, Instant now, Duration patience) {
        return purpose == Purpose.REQUEST && notBefore.isAfter(now.plus(patience.dividedBy(2)));
    }

    private Instant resumed(Purpose purpose) {
        return switch (purpose) {
            case REQUEST -> pausedUntil;
            case FOLLOWER, CHECK -> nextTrial.isBefore(pausedUntil) ? nextTrial : pausedUntil;
        };
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** The node answered. */
    synchronized void served(Purpose purpose) {
        refusals = 0;
        if (purpose != Purpose.REQUEST) {
            nextTrial = Instant.MIN;
        }
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
        pausedUntil = latest(pausedUntil, now.plus(pause));
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
