package io.attested.sms.contracts;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.web3j.abi.FunctionReturnDecoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.Type;

/**
 * One read of a contract: what to send, and how to read what comes back.
 *
 * @param <T> what the answer means
 */
public final class ContractCall<T> {
    private final String data;
    private final List<TypeReference<Type>> outputs;
    private final Function<List<Type>, T> meaning;

    ContractCall(String data, List<TypeReference<Type>> outputs, Function<List<Type>, T> meaning) {
        this.data = data;
        this.outputs = outputs;
        this.meaning = meaning;
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
    // Untrusted input reaches web3j's decoder, which reports truncation with whatever its string handling throws.
    @SuppressWarnings("CatchingUnchecked")
    public Optional<T> decode(String answer) {
        if (!wholeWords(answer)) {
            return Optional.empty();
        }
        try {
            List<Type> values = FunctionReturnDecoder.decode(answer, outputs);
            return values.size() == outputs.size() ? Optional.of(meaning.apply(values)) : Optional.empty();
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Without this check the decoder reads digits that are none, and pads a truncated word. */
    private static boolean wholeWords(String answer) {
        if (answer.length() < 66 || answer.length() % 64 != 2 || !answer.startsWith("0x")) {
            return false;
        }
        return answer.chars()
                .skip(2)
                .allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F');
    }
}
