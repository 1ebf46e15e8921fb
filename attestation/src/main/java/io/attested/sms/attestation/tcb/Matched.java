package io.attested.sms.attestation.tcb;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A level that was matched.
 *
 * @param level the level
 * @param betterSince {@code tcbDate} of the level directly above it; empty when it is the highest
 */
record Matched<T>(T level, Optional<Instant> betterSince) {
    static <T> Matched<T> of(T level, @Nullable Instant betterSince) {
        return new Matched<>(level, Optional.ofNullable(betterSince));
    }
}
