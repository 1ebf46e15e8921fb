package io.attested.sms.worker.app;

/** What reading an application's tree gave. */
public sealed interface TreeOutcome {
    /**
     * The tree is measured.
     *
     * @param tree the entries, and what they are worth
     */
    record Measured(MeasuredTree tree) implements TreeOutcome {}

    /**
     * The tree breaks a rule.
     *
     * @param refusal which, where
     */
    record Unmeasurable(TreeRefusal refusal) implements TreeOutcome {}
}
