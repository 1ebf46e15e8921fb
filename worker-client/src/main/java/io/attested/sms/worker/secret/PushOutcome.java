package io.attested.sms.worker.secret;

/** What the service made of a push. */
public sealed interface PushOutcome {
    /** The secret is stored. */
    record Stored() implements PushOutcome {}

    /** A secret is there already and this kind, or this call, does not replace it. */
    record AlreadyExists() implements PushOutcome {}

    /** The signature is not that of the owner the service knows. */
    record NotAllowed() implements PushOutcome {}

    /** The value has more than 4096 bytes. */
    record TooLarge() implements PushOutcome {}

    /** There was nothing to replace. */
    record NothingToReplace() implements PushOutcome {}

    /**
     * The service could not answer now.
     *
     * @param reason what happened, for a person
     */
    record Unavailable(String reason) implements PushOutcome {}

    /**
     * Another status than the interface knows.
     *
     * @param status the HTTP status
     */
    record Unexpected(int status) implements PushOutcome {}
}
