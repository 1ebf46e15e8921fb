package io.attested.sms.release;

import io.attested.sms.attestation.Verdict;

/** Verifies the quote of a request with collateral from wherever the operator decided. Holds no database connection. */
public interface EvidenceJudge {
    /** Verifies; may wait for a fetch, for a bounded time. */
    Judgement judge(RedeemRequest request);

    /** What judging came to. */
    sealed interface Judgement {
        /** The evidence was judged. */
        record Judged(Verdict verdict) implements Judgement {}

        /**
         * It could not be judged now: an outage, which says nothing about the evidence.
         *
         * @param reason a word: unreachable, wrong-answer, unknown-platform, circuit-open, bound-reached, no-source
         */
        record NotNow(String reason) implements Judgement {}
    }
}
