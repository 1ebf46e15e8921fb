package io.attested.sms.attestation.pki;

import java.time.Duration;
import java.time.Instant;

/**
 * From when until when a signed statement may be used.
 *
 * @param from issueDate or thisUpdate
 * @param until nextUpdate
 */
public record Validity(Instant from, Instant until) {
    /** The middle, after which a newer statement is asked for. */
    public Instant halfLife() {
        return from.plus(Duration.between(from, until).dividedBy(2));
    }
}
