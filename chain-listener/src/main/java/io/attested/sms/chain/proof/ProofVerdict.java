package io.attested.sms.chain.proof;

import io.attested.sms.chain.Address;

/** What proofs say about facts. */
public sealed interface ProofVerdict {
    /**
     * Every value of every fact is in the state under the root.
     *
     * @param values how many storage words and code hashes were compared
     */
    record Proven(int values) implements ProofVerdict {}

    /**
     * The proofs are good and show another value: whoever gave the facts told something else than the state holds.
     *
     * @param value the first such value, in the order of the facts, such as {@code task.status}
     * @param claimed the word or meaning that the fact stands for
     * @param proven what the state holds instead
     */
    record Contradicted(String value, String claimed, String proven) implements ProofVerdict {}

    /**
     * An answer is malformed, incomplete, or not of this state: nothing is known.
     *
     * @param account the account it was asked for
     * @param why for a person
     */
    record Unproven(Address account, String why) implements ProofVerdict {}
}
