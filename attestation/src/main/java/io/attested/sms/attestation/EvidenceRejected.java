package io.attested.sms.attestation;

/**
 * Carries one failed check from the packages below to {@link QuoteVerifier}, which turns it into a verdict.
 *
 * <p>It never leaves {@code QuoteVerifier}. Checked, so that the compiler proves it; without a stack trace, because a
 * refused quote is an ordinary outcome that strangers can cause at will.
 */
public final class EvidenceRejected extends Exception {
    private static final long serialVersionUID = 1L;

    private final RejectionReason reason;

    /**
     * A failed check.
     *
     * @param detail the field, what was expected, what was seen
     */
    public EvidenceRejected(RejectionReason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    /** The failed check as a verdict. */
    public Verdict.Rejected verdict() {
        return new Verdict.Rejected(reason, String.valueOf(getMessage()));
    }

    /** Which check failed. */
    public RejectionReason reason() {
        return reason;
    }
}
