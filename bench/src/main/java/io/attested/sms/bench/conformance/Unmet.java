package io.attested.sms.bench.conformance;

import java.io.Serial;

/** What a check builds upon, or needs from the chain, is not there; the check fails, or is skipped. */
public final class Unmet extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient Verdict verdict;

    private Unmet(String message, Verdict verdict) {
        super(message);
        this.verdict = verdict;
    }

    /** A step before the judged one was answered otherwise than the contract says. */
    public static Unmet step(Expected expected, Seen seen) {
        return new Unmet(
                "an earlier step was answered otherwise",
                new Verdict.Failed("in an earlier step: " + expected.words(), seen.words()));
    }

    /** The scenario lacks something, for instance because all assets of its pool were used. */
    public static Unmet lacking(String what) {
        return new Unmet(what, new Verdict.Skipped(what));
    }

    Verdict verdict() {
        return verdict;
    }
}
