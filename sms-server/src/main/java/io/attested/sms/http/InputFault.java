package io.attested.sms.http;

/** A request that cannot be read: the client's fault, answered with 400 and {@code input.malformed}. */
public final class InputFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what was found and what was expected; quotes nothing of the request but member names of ours */
    public InputFault(String message) {
        super(message, null, false, false);
    }
}
