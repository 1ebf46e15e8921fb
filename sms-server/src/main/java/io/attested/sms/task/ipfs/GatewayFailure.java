package io.attested.sms.task.ipfs;

/** The gateway gave no bytes that can be believed; the message never names it, for its URL may carry credentials. */
final class GatewayFailure extends Exception {
    private static final long serialVersionUID = 1L;

    GatewayFailure(String message) {
        super(message, null, false, false);
    }

    String reason() {
        return getMessage() == null ? "" : getMessage();
    }
}
