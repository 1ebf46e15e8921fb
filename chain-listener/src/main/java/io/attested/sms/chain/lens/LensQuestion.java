package io.attested.sms.chain.lens;

import io.attested.sms.chain.BlockRef;
import io.attested.sms.contracts.LensCall;

/**
 * One question for one block: the data of an {@code eth_call} without {@code to}, and what its answer means.
 *
 * @param <T> the facts
 */
public final class LensQuestion<T> {
    private final LensCall<?> call;
    private final Reading<T> reading;

    private LensQuestion(LensCall<?> call, Reading<T> reading) {
        this.call = call;
        this.reading = reading;
    }

    /** How a decoded answer becomes facts. */
    interface Meaning<V, T> {
        T of(V view, BlockRef at) throws FactsRefused;
    }

    private interface Reading<T> {
        T read(String answer, BlockRef at) throws FactsRefused;
    }

    static <V, T> LensQuestion<T> of(LensCall<V> call, Meaning<V, T> meaning) {
        return new LensQuestion<>(
                call,
                (answer, at) -> meaning.of(
                        call.decode(answer)
                                .orElseThrow(() -> FactsRefused.malformed("the lens: the answer does not decode")),
                        at));
    }

    /** {@code 0x}, creation code and arguments: the member {@code data} (or {@code input}) of the call. */
    public String data() {
        return call.data();
    }

    /**
     * Reads the answer of one node.
     *
     * @param answer {@code 0x} and hexadecimal digits, from anyone
     * @param at the block the call was pinned to, its header's hash recomputed
     * @throws FactsRefused when the answer is malformed, of another chain or block, or contradicts itself
     */
    public T read(String answer, BlockRef at) throws FactsRefused {
        return reading.read(answer, at);
    }
}
