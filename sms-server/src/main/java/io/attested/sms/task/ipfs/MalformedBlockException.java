package io.attested.sms.task.ipfs;

/** Bytes that are not what their CID's codec says, or a file of a kind that is not read here. */
final class MalformedBlockException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedBlockException(String message) {
        super(message, null, false, false);
    }
}
