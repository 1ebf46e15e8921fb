package io.attested.sms.chain.quorum;

import io.attested.sms.chain.rpc.ReadFailure;

/** What one node said to one question. */
sealed interface Vote<T> {
    /** @param canonical equal for two nodes that said the same */
    record Said<T>(T value, Object canonical) implements Vote<T> {}

    /** Nothing that can be used. */
    record Silent<T>(ReadFailure why) implements Vote<T> {}
}
