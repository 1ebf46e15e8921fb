package io.attested.sms.contracts;

import io.attested.sms.contracts.Part.Why;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The form all lenses share: the frame, one word of their own, and their parts. */
record LensAnswer(LensFrame frame, byte[] own, List<Words> parts) {
    private static final byte[] FORMAT = Arrays.copyOf("sms-lens/1".getBytes(StandardCharsets.US_ASCII), 32);
    private static final int ANSWERED = 1;
    private static final int OWN = 6;
    private static final int PARTS = 7;

    /** How the returned bytes of one part become what they mean. */
    interface Reading<T> {
        T read(Words returned) throws Words.Malformed;
    }

    static LensAnswer of(Words words) throws Words.Malformed {
        Words answer = words.tuple(0);
        if (!Arrays.equals(answer.word(0), FORMAT)) {
            throw new Words.Malformed();
        }
        LensFrame frame =
                new LensFrame(answer.number(1), answer.number(2), answer.word(3), answer.number(4), answer.word(5));
        return new LensAnswer(frame, answer.word(OWN), answer.tuples(PARTS));
    }

    /** As {@link #own}, unsigned. */
    BigInteger ownNumber() {
        return new BigInteger(1, own);
    }

    /** @throws Words.Malformed unless this lens has exactly so many parts */
    void requireParts(int count) throws Words.Malformed {
        if (parts.size() != count) {
            throw new Words.Malformed();
        }
    }

    <T> Part<T> part(int index, Reading<T> reading) throws Words.Malformed {
        Words part = parts.get(index);
        Optional<Why> why = why(part.number(0));
        if (why.isPresent()) {
            return new Part.Missing<>(why.get());
        }
        byte[] returned = part.bytes(1);
        try {
            return new Part.Answered<>(reading.read(Words.of(returned)));
        } catch (Words.Malformed e) {
            return new Part.Missing<>(Why.MALFORMED);
        }
    }

    private static Optional<Why> why(BigInteger outcome) throws Words.Malformed {
        return switch (outcome.bitLength() < 8 ? outcome.intValue() : -1) {
            case 0 -> Optional.of(Why.NOT_ASKED);
            case ANSWERED -> Optional.empty();
            case 2 -> Optional.of(Why.REFUSED);
            case 3 -> Optional.of(Why.TOO_LARGE);
            case 4 -> Optional.of(Why.NO_GAS);
            default -> throw new Words.Malformed();
        };
    }
}
