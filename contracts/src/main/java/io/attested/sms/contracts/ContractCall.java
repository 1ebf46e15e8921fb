package io.attested.sms.contracts;

import java.util.Optional;

/**
 * One read of a contract: what to send, and how to read what comes back.
 *
 * @param <T> what the answer means
 */
public final class ContractCall<T> {
    private final String data;
    private final Reading<T> reading;

    ContractCall(String data, Reading<T> reading) {
        this.data = data;
        this.reading = reading;
    }

    /** How an answer's members become what they mean. */
    interface Reading<T> {
        T read(Words answer) throws Words.Malformed;
    }

    /** Call data: {@code 0x}, selector, arguments. */
    public String data() {
        return data;
    }

    /**
     * Reads an answer, which may be anything a hostile node sends.
     *
     * @param answer {@code 0x} and hexadecimal digits
     * @return empty when the answer does not decode; never an exception
     */
    public Optional<T> decode(String answer) {
        try {
            return Optional.of(reading.read(Words.of(answer)));
        } catch (Words.Malformed e) {
            return Optional.empty();
        }
    }
}
