package io.attested.sms.attestation.source;

/** No whole answer from a publisher. Never leaves this package. */
public final class FetchFailed extends Exception {
    private static final long serialVersionUID = 1L;

    private final CollateralAnswer.Reason reason;

    /** @param detail one line for a person; names no address */
    public FetchFailed(CollateralAnswer.Reason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    CollateralAnswer.Reason reason() {
        return reason;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
