package io.attested.sms.chain.follow;

import io.attested.sms.chain.ChainFailure;

/** What became of one question to the chain. */
public sealed interface Reading<T> {
    /** The answer, checked as far as hashes allow. */
    record Read<T>(T value) implements Reading<T> {}

    /** There is no such block now, or its history is no longer kept. */
    record Absent<T>() implements Reading<T> {}

    /** The answer would be too large or take too long: ask for fewer blocks. */
    record TooMuch<T>() implements Reading<T> {}

    /** Nothing is known: an outage or nonsense. */
    record Failed<T>(ChainFailure failure) implements Reading<T> {}
}
