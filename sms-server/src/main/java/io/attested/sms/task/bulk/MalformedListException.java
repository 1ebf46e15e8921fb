package io.attested.sms.task.bulk;

/** A list that is not what it must be; the message says what was expected and quotes nothing of it. */
final class MalformedListException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedListException(String message) {
        super(message, null, false, false);
    }
}
