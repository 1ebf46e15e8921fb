package io.attested.sms.worker.json;

/** JSON of another shape than expected. The message names the place and the expectation, never a value. */
public final class MalformedJsonException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Says what was expected where. */
    public MalformedJsonException(String message) {
        super(message);
    }
}
