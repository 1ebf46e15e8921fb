package io.attested.sms.chain.follow;

import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.ChainFailure.Kind;

/** The chain could not be read now; what was known before stays known. */
final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient ChainFailure failure;

    Unreadable(ChainFailure failure) {
        super(failure.detail(), null, false, false);
        this.failure = failure;
    }

    Unreadable(Kind kind, String detail) {
        this(new ChainFailure(kind, detail));
    }

    ChainFailure failure() {
        return failure;
    }
}
