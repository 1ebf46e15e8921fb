package io.attested.sms.attestation;

/**
 * Carries one failed check from the packages below to the verifier, which turns it into a verdict.
 *
 * <p>It never leaves the module's verifiers and readers. Checked, so that the compiler proves it; without a stack trace,
 * because refused evidence is an ordinary outcome that strangers can cause at will.
 */
public final class EvidenceRejected extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Verdict.Rejected verdict;

    /**
     * A failed check.
     *
     * @param field what was looked at
     * @param expected what it had to be
     * @param seen what it was
     */
    public EvidenceRejected(RejectionReason reason, String field, Object expected, Object seen) {
        this(new Verdict.Rejected(reason, field, expected.toString(), seen.toString()));
    }

    private EvidenceRejected(Verdict.Rejected verdict) {
        super(verdict.toString(), null, false, false);
        this.verdict = verdict;
    }

    /** The failed check as a verdict. */
    public Verdict.Rejected verdict() {
        return verdict;
    }

    /** Which check failed. */
    public RejectionReason reason() {
        return verdict.reason();
    }
}
