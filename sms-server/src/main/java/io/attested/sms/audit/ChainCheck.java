package io.attested.sms.audit;

/**
 * What a walk over the whole log found.
 *
 * <p>Limit: a log cut off together with its last heads is intact in itself; only a head kept elsewhere shows that.
 */
public sealed interface ChainCheck {
    /** Every entry follows from the one before and every head is signed by this service. */
    record Intact(long entries, LogHead head) implements ChainCheck {}

    /** The first contradiction. */
    record Broken(long sequence, String reason) implements ChainCheck {}
}
