package io.attested.sms.chain.checked;

import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.TrustLevel;

/**
 * A reading at given blocks, for one who keeps what was read.
 *
 * @param <T> what was read
 */
public sealed interface Checked<T> {
    /**
     * Enough nodes said so.
     *
     * @param level what was done to check it
     * @param agreeing how many nodes had said the same when there were enough
     * @param nodes how many nodes are configured
     */
    record Read<T>(T value, TrustLevel level, int agreeing, int nodes) implements Checked<T> {}

    /** Nothing is known. */
    record Unavailable<T>(ChainFailure failure) implements Checked<T> {}
}
