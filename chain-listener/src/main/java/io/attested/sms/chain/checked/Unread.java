package io.attested.sms.chain.checked;

import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.quorum.Consensus;

/** Ends a reading without an answer. Becomes the failure of an outcome before it leaves this package. */
final class Unread extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient ChainFailure failure;

    Unread(ChainFailure failure) {
        // A failing chain must not also cost a stack trace for each request.
        super(failure.detail(), null, false, false);
        this.failure = failure;
    }

    static Unread of(Kind kind, String detail) {
        return new Unread(new ChainFailure(kind, detail));
    }

    /** What enough nodes said. */
    static <T> Consensus.Agreed<T> agreed(Consensus<T> consensus) throws Unread {
        return switch (consensus) {
            case Consensus.Agreed<T> agreed -> agreed;
            case Consensus.Refused<T> refused -> throw new Unread(refused.failure());
        };
    }

    ChainFailure failure() {
        return failure;
    }
}
