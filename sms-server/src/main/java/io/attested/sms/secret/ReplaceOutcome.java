package io.attested.sms.secret;

import io.attested.sms.audit.LogHead;

/** What became of another value for an existing secret. */
public sealed interface ReplaceOutcome {
    /**
     * It is stored durably.
     *
     * @param version number of the value, 2 for the first replacement
     * @param head signed head of the log that covers it
     */
    record Stored(long version, LogHead head) implements ReplaceOutcome {}

    /** The same push made the current value; nothing changed, and that value is durable. */
    record Unchanged() implements ReplaceOutcome {}

    /**
     * The push was accepted once and its value replaced since, or it was accepted for another kind of secret: somebody repeats
     * an old request.
     */
    record Replayed() implements ReplaceOutcome {}

    /** There is no such secret. */
    record Missing() implements ReplaceOutcome {}
}
