package io.attested.sms.chain.rpc;

import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.lens.FactsRefused;

/** Ends one lookup; becomes the failure of its outcome before it leaves this package. */
final class ReadFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient ChainFailure failure;

    ReadFailure(Kind kind, String detail) {
        // A failing node must not also cost a stack trace for each request.
        super(detail, null, false, false);
        this.failure = new ChainFailure(kind, detail);
    }

    ReadFailure(FactsRefused refused) {
        this(refused.failure().kind(), refused.failure().detail());
    }

    static ReadFailure malformed(String detail) {
        return new ReadFailure(Kind.MALFORMED_ANSWER, detail);
    }

    static ReadFailure inconsistent(String detail) {
        return new ReadFailure(Kind.INCONSISTENT, detail);
    }

    static ReadFailure headMoved(String detail) {
        return new ReadFailure(Kind.HEAD_MOVED, detail);
    }

    ChainFailure failure() {
        return failure;
    }
}
