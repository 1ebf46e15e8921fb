package io.attested.sms.contracts;

import java.util.Optional;

/**
 * One question to be sent by {@code eth_call} without {@code to}: creation code that returns an answer instead of a
 * contract, followed by its arguments.
 *
 * @param <T> what the answer means
 */
public final class LensCall<T> {
    private final String data;
    private final Reading<T> reading;

    LensCall(String data, Reading<T> reading) {
        this.data = data;
        this.reading = reading;
    }

    /** How an answer's members become what they mean. */
    interface Reading<T> {
        T read(LensAnswer answer) throws Words.Malformed;
    }

    /** {@code 0x}, creation code, arguments; below the 49,152 bytes of EIP-3860. */
    public String data() {
        return data;
    }

    /**
     * Reads an answer, which may be anything a hostile node sends.
     *
     * @param answer {@code 0x} and hexadecimal digits
     * @return empty when this is not an answer of this lens; never an exception
     */
    public Optional<T> decode(String answer) {
        try {
            return Optional.of(reading.read(LensAnswer.of(Words.of(answer))));
        } catch (Words.Malformed e) {
            return Optional.empty();
        }
    }
}
