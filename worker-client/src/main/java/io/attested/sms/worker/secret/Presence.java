package io.attested.sms.worker.secret;

/** Whether a secret is there. */
public sealed interface Presence {
    /** It is. */
    record Present() implements Presence {}

    /** It is not. */
    record Absent() implements Presence {}

    /**
     * The service could not answer now.
     *
     * @param reason what happened, for a person
     */
    record Unknown(String reason) implements Presence {}
}
