package io.attested.sms.attestation.source;

import io.attested.sms.attestation.collateral.Collateral;
import io.attested.sms.attestation.source.CollateralAnswer.Reason;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Asks again after a pause that doubles and varies, within a deadline and a number of attempts. */
public final class PatientWeb {
    /** Waits; a test does not. */
    @FunctionalInterface
    public interface Pause {
        /** Waits as long. */
        void last(Duration time) throws InterruptedException;
    }

    private static final int ATTEMPTS = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    /** A PCCS sends a list in hexadecimal text. */
    private static final int MAX_BODY = 2 * Collateral.MAX_LIST_LENGTH;

    private static final int MAX_HEADERS = 64 * 1024;

    private final Web web;
    private final Duration timeout;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Pause pause;

    /** @param timeout of one attempt, connection included */
    public PatientWeb(Web web, Duration timeout, InstantSource clock, RandomGenerator random, Pause pause) {
        this.web = web;
        this.timeout = timeout;
        this.clock = clock;
        this.random = random;
        this.pause = pause;
    }

    Web.Reply get(URI address, Instant deadline) throws FetchFailed, InterruptedException {
        String last = "no time left";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (attempt > 0) {
                pause.last(pauseBefore(attempt));
            }
            Duration left = Duration.between(clock.instant(), deadline);
            if (!left.isPositive()) {
                break;
            }
            Duration time = left.compareTo(timeout) < 0 ? left : timeout;
            try {
                Web.Reply reply = web.get(address, new Web.Limits(MAX_BODY, MAX_HEADERS, time));
                if (reply.status() == 200) {
                    return reply;
                }
                last = "status " + reply.status();
                refuseForGood(address, reply.status());
            } catch (IOException e) {
                last = String.valueOf(e.getMessage());
            }
        }
        throw new FetchFailed(Reason.UNREACHABLE, address.getPath() + ": " + last);
    }

    /** Only what may be another answer a moment later is asked for again: 429 and 5xx. */
    private static void refuseForGood(URI address, int status) throws FetchFailed {
        if (status == 404) {
            throw new FetchFailed(Reason.UNKNOWN_PLATFORM, address.getPath() + ": status 404");
        }
        if (status != 429 && status < 500) {
            throw new FetchFailed(Reason.WRONG_ANSWER, address.getPath() + ": status " + status);
        }
    }

    private Duration pauseBefore(int attempt) {
        long whole = FIRST_PAUSE.toMillis() << (attempt - 1);
        return Duration.ofMillis(whole / 2 + random.nextLong(whole / 2 + 1));
    }
}
