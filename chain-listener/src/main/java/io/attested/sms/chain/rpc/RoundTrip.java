package io.attested.sms.chain.rpc;

import java.util.List;

/**
 * Questions that go to a node in one batch, and what their answers come to.
 *
 * <p>Implementations are immutable: the same round trip is sent to several nodes at once.
 *
 * @param <T> the value read; immutable, compared by {@link #canonical}
 */
public interface RoundTrip<T> {
    /** What to ask; the same each time. */
    List<Question> questions();

    /**
     * Checks and reads the answers, which stand in the order of the questions.
     *
     * @throws ReadFailure when the answers do not come to a value
     */
    T read(Replies replies) throws ReadFailure;

    /** What must be equal for two nodes to have said the same; the value itself unless overridden. */
    default Object canonical(T value) {
        return value;
    }
}
