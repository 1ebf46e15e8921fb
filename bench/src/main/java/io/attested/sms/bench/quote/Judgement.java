package io.attested.sms.bench.quote;

import java.util.SortedSet;

/** What another verifier says of a quote. */
sealed interface Judgement {
    /**
     * It verified the quote.
     *
     * @param status converged TCB status, in Intel's words
     * @param advisories of the matched levels
     */
    record Accepted(String status, SortedSet<String> advisories) implements Judgement {}

    /** It refused the quote. */
    record Refused(String message) implements Judgement {}
}
