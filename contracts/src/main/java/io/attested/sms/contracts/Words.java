package io.attested.sms.contracts;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * An ABI-encoded tuple that may come from a hostile node: every offset and length is checked before it is followed, and
 * nothing is allocated beyond the answer's own size.
 *
 * <p>Written here because the decoder of web3j 6.0.0 ran past the end of real deals (empty params after three nested
 * structs), and because its offsets and lengths are not bounded. Source: Solidity's contract ABI specification.
 */
final class Words {
    static final int WORD = 32;
    private static final int ADDRESS_PADDING = 12;
    private static final BigInteger NO_OFFSET_IS_LARGER = BigInteger.valueOf(Integer.MAX_VALUE);

    private final byte[] data;
    private final int base;

    private Words(byte[] data, int base) {
        this.data = data;
        this.base = base;
    }

    /** The answer does not hold what the contract's ABI says. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed() {
            super("not the expected ABI encoding", null, false, false);
        }
    }

    /** @param hex {@code 0x} and an even number of digits */
    static Words of(String hex) throws Malformed {
        boolean digits = hex.startsWith("0x")
                && hex.length() % 2 == 0
                && hex.chars().skip(2).allMatch(HexFormat::isHexDigit);
        if (!digits) {
            throw new Malformed();
        }
        return new Words(HexFormat.of().parseHex(hex, 2, hex.length()), 0);
    }

    /** Bytes that are already at hand; they are not copied. */
    static Words of(byte[] bytes) {
        return new Words(bytes, 0);
    }

    /** Member {@code index} as an unsigned number. */
    BigInteger number(int index) throws Malformed {
        return new BigInteger(1, word(index));
    }

    /** Member {@code index} as 32 bytes. */
    byte[] word(int index) throws Malformed {
        return slice(base + (long) index * WORD, WORD);
    }

    /** Member {@code index} as an address, {@code 0x} and 40 lower-case digits; its padding must be zero. */
    String address(int index) throws Malformed {
        byte[] word = word(index);
        for (int i = 0; i < ADDRESS_PADDING; i++) {
            if (word[i] != 0) {
                throw new Malformed();
            }
        }
        return "0x" + HexFormat.of().formatHex(word, ADDRESS_PADDING, WORD);
    }

    /** The dynamic tuple that member {@code index} points to. */
    Words tuple(int index) throws Malformed {
        return new Words(data, base + offset(index));
    }

    /** The dynamic tuples of the array that member {@code index} points to. */
    List<Words> tuples(int index) throws Malformed {
        Words array = tuple(index);
        int length = small(array.number(0));
        Words members = new Words(data, array.base + WORD);
        if ((long) length * WORD > data.length - members.base) {
            throw new Malformed();
        }
        List<Words> tuples = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            tuples.add(members.tuple(i));
        }
        return tuples;
    }

    /** Member {@code index} as a {@code bool}, which is 0 or 1. */
    boolean truth(int index) throws Malformed {
        BigInteger number = number(index);
        if (number.bitLength() > 1) {
            throw new Malformed();
        }
        return number.signum() != 0;
    }

    /** The bytes that member {@code index} points to. */
    byte[] bytes(int index) throws Malformed {
        Words target = tuple(index);
        int length = small(target.number(0));
        return slice((long) target.base + WORD, length);
    }

    /** As {@link #bytes}, as UTF-8 with faults replaced. */
    String text(int index) throws Malformed {
        return new String(bytes(index), StandardCharsets.UTF_8);
    }

    /** Number of bytes from this tuple's begin to what member {@code index} points to, within the answer. */
    int offset(int index) throws Malformed {
        int offset = small(number(index));
        if ((long) base + offset > data.length) {
            throw new Malformed();
        }
        return offset;
    }

    private static int small(BigInteger number) throws Malformed {
        if (number.compareTo(NO_OFFSET_IS_LARGER) > 0) {
            throw new Malformed();
        }
        return number.intValue();
    }

    private byte[] slice(long from, int length) throws Malformed {
        if (from + length > data.length) {
            throw new Malformed();
        }
        return Arrays.copyOfRange(data, (int) from, (int) from + length);
    }
}
