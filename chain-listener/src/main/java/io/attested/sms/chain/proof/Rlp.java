package io.attested.sms.chain.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Recursive Length Prefix, the canonical encoding only: every value has exactly one accepted form.
 *
 * <p>Lengths are compared with what is left of the input before anything is copied, and lists nest no deeper than told.
 * Source: yellow paper, appendix B.
 */
final class Rlp {
    private static final int SHORT_STRING = 0x80;
    private static final int LONG_STRING = 0xb8;
    private static final int SHORT_LIST = 0xc0;
    private static final int LONG_LIST = 0xf8;
    private static final int LONGEST_SHORT = 55;
    private static final int LENGTH_BYTES_OF_AN_INT = 4;

    private final byte[] input;
    private final int end;
    private int at;

    private Rlp(byte[] input, int from, int end) {
        this.input = input;
        this.at = from;
        this.end = end;
    }

    /** A value: a string of bytes or a list of values. */
    sealed interface Item {}

    /** @param value the bytes, without their prefix */
    record Text(byte[] value) implements Item {
        boolean isEmpty() {
            return value.length == 0;
        }
    }

    /**
     * @param items the members
     * @param encoded the list as it stood in the input, with its prefix
     */
    record Sequence(List<Item> items, byte[] encoded) implements Item {}

    /** The bytes are not one value in canonical form. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String why) {
            super(why, null, false, false);
        }
    }

    /** @param depth how deep lists may nest; 0 for a string alone */
    static Item read(byte[] input, int depth) throws Malformed {
        Rlp reader = new Rlp(input, 0, input.length);
        Item item = reader.item(depth);
        if (reader.at != reader.end) {
            throw new Malformed("bytes after the RLP value");
        }
        return item;
    }

    private Item item(int depth) throws Malformed {
        int start = at;
        int prefix = next();
        if (prefix < SHORT_STRING) {
            return new Text(new byte[] {(byte) prefix});
        }
        if (prefix < SHORT_LIST) {
            return text(length(prefix, SHORT_STRING, LONG_STRING));
        }
        int length = length(prefix, SHORT_LIST, LONG_LIST);
        if (depth == 0) {
            throw new Malformed("RLP lists nest too deep");
        }
        Rlp members = new Rlp(input, at, at + length);
        List<Item> items = new ArrayList<>();
        while (members.at < members.end) {
            items.add(members.item(depth - 1));
        }
        at += length;
        return new Sequence(List.copyOf(items), Arrays.copyOfRange(input, start, at));
    }

    private Text text(int length) throws Malformed {
        byte[] value = Arrays.copyOfRange(input, at, at + length);
        if (length == 1 && Byte.toUnsignedInt(value[0]) < SHORT_STRING) {
            throw new Malformed("a byte that is its own RLP has a prefix");
        }
        at += length;
        return new Text(value);
    }

    /** The length that a prefix announces, after its length bytes; never more than what is left. */
    private int length(int prefix, int shortForm, int longForm) throws Malformed {
        int length = prefix < longForm ? prefix - shortForm : longLength(prefix - longForm + 1);
        if (length > end - at) {
            throw new Malformed("an RLP length runs past the end");
        }
        return length;
    }

    private int longLength(int lengthBytes) throws Malformed {
        if (lengthBytes > LENGTH_BYTES_OF_AN_INT) {
            throw new Malformed("an RLP length runs past the end");
        }
        long length = 0;
        for (int i = 0; i < lengthBytes; i++) {
            int digit = next();
            if (i == 0 && digit == 0) {
                throw new Malformed("an RLP length has a leading zero");
            }
            length = length << 8 | digit;
        }
        if (length <= LONGEST_SHORT) {
            throw new Malformed("a short RLP value has a long prefix");
        }
        return (int) Math.min(length, Integer.MAX_VALUE);
    }

    private int next() throws Malformed {
        if (at == end) {
            throw new Malformed("the RLP value is cut short");
        }
        return Byte.toUnsignedInt(input[at++]);
    }
}
