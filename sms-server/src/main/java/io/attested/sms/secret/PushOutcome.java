package io.attested.sms.secret;

import io.attested.sms.audit.LogHead;

/** What became of a first value. */
public sealed interface PushOutcome {
    /**
     * It is stored durably.
     *
     * @param head signed head of the log that covers it
     */
    record Stored(LogHead head) implements PushOutcome {}

    /** This owner has or had such a secret; a first value is accepted once, for ever. */
    record AlreadyExists() implements PushOutcome {}

    /** The same push was accepted for another kind of secret before: somebody sends it to the wrong place. */
    record OfAnotherKind() implements PushOutcome {}

    /**
     * The owner has as many names as one owner may have.
     *
     * @param limit number of names
     */
    record OverQuota(int limit) implements PushOutcome {}
}
