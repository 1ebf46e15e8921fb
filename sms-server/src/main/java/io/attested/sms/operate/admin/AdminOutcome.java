package io.attested.sms.operate.admin;

/** What became of an operation. */
public sealed interface AdminOutcome {
    /** Done, durably. */
    record Done() implements AdminOutcome {}

    /** A name is missing or blank. */
    record Invalid() implements AdminOutcome {}

    /** No such folder, or a file of the backup is not there. */
    record Missing() implements AdminOutcome {}

    /** Another operation is under way. */
    record Busy() implements AdminOutcome {}

    /**
     * Not done, and nothing was changed unless {@code why} says so.
     *
     * @param why for the operator: what was found, what was expected
     */
    record Failed(String why) implements AdminOutcome {}
}
