package io.attested.sms.contracts;

/**
 * One read of a lens: what it said, or why it said nothing. One part's fault takes no other part down.
 *
 * @param <T> what the answer means
 */
public sealed interface Part<T> {
    /** The contract answered, and the answer decodes. */
    record Answered<T>(T value) implements Part<T> {}

    /** Nothing is known from this read. */
    record Missing<T>(Why why) implements Part<T> {}

    /** Why a read says nothing. */
    enum Why {
        /** There was nothing to ask, such as the dataset of a deal without one. */
        NOT_ASKED,
        /** It reverted, used up its share of gas, is no contract, or returned less than its type has. */
        REFUSED,
        /** Its answer does not fit into what a lens may return; a call of its own can read it. */
        TOO_LARGE,
        /** The node gave the whole call too little gas: says nothing about the contract. */
        NO_GAS,
        /** The contract answered, but not with what its ABI says. */
        MALFORMED
    }
}
