package io.attested.sms.chain.lens;

import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.ChainFailure.Kind;

/** An answer that gives no facts: malformed, of another block or chain, or contradicting itself. */
public final class FactsRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient ChainFailure failure;

    FactsRefused(Kind kind, String detail) {
        // A failing node must not also cost a stack trace for each request.
        super(detail, null, false, false);
        this.failure = new ChainFailure(kind, detail);
    }

    static FactsRefused malformed(String detail) {
        return new FactsRefused(Kind.MALFORMED_ANSWER, detail);
    }

    static FactsRefused inconsistent(String detail) {
        return new FactsRefused(Kind.INCONSISTENT, detail);
    }

    /** What was wrong. */
    public ChainFailure failure() {
        return failure;
    }
}
