package io.attested.sms.release;

import io.attested.sms.attestation.Verdict;
import io.attested.sms.grant.Refusal;
import java.util.Optional;

/** Verifies the quote of a request with collateral from wherever the operator decided. Holds no database connection. */
public interface EvidenceJudge {
    /**
     * Verifies; may wait for a fetch, for a bounded time.
     *
     * @param unfit why the runtime data do not fit the challenge, if so; nobody is asked for such a request's sake
     */
    Judgement judge(RedeemRequest request, Optional<Refusal> unfit);

    /** What judging came to. */
    sealed interface Judgement {
        /** The evidence was judged. */
        record Judged(Verdict verdict) implements Judgement {}

        /** It is genuine, but not for this challenge; no collateral was looked at. */
        record Unfit(Refusal refusal) implements Judgement {}

        /**
         * It could not be judged now: an outage, which says nothing about the evidence.
         *
         * @param reason a word: unreachable, wrong-answer, unknown-platform, circuit-open, bound-reached,
         *     too-many-waiting, no-source
         */
        record NotNow(String reason) implements Judgement {}
    }
}
