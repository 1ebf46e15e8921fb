package io.attested.sms.session;

import java.time.Duration;

/** Counts what becomes of sessions that are posted to a store. */
public interface StoreMeter {
    /**
     * A publication has ended.
     *
     * @param store the store's word
     * @param outcome {@code accepted}, {@code repeated}, {@code over-budget}, or a {@link SessionPublisher.Cause}'s word
     * @param took from the first try to the last answer
     */
    void ended(String store, String outcome, Duration took);

    /** A publication is tried once more. */
    void triedAgain(String store);
}
