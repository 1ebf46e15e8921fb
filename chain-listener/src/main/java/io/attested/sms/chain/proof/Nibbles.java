package io.attested.sms.chain.proof;

import java.util.Arrays;

/**
 * A path in a trie: half-bytes, the high one of each byte first.
 *
 * @param digits one nibble per byte, 0 to 15
 */
record Nibbles(byte[] digits) {
    private static final int LEAF = 2;
    private static final int ODD = 1;

    /** A path as a node holds it. */
    record Compact(Nibbles path, boolean leaf) {}

    static Nibbles of(byte[] key) {
        byte[] digits = new byte[2 * key.length];
        for (int i = 0; i < key.length; i++) {
            digits[2 * i] = (byte) (key[i] >> 4 & 0xf);
            digits[2 * i + 1] = (byte) (key[i] & 0xf);
        }
        return new Nibbles(digits);
    }

    /** Reads the hex-prefix encoding (yellow paper, appendix C): flag, padding of an even path, path. */
    static Compact compact(byte[] encoded) throws Rlp.Malformed {
        if (encoded.length == 0) {
            throw new Rlp.Malformed("a node's path is empty");
        }
        byte[] digits = of(encoded).digits();
        int flag = digits[0];
        boolean odd = (flag & ODD) != 0;
        if (flag > (LEAF | ODD) || !odd && digits[1] != 0) {
            throw new Rlp.Malformed("a node's path has a flag or padding that is not canonical");
        }
        Nibbles path = new Nibbles(Arrays.copyOfRange(digits, odd ? 1 : 2, digits.length));
        return new Compact(path, (flag & LEAF) != 0);
    }

    int length() {
        return digits.length;
    }

    int first() {
        return digits[0];
    }

    Nibbles after(int count) {
        return new Nibbles(Arrays.copyOfRange(digits, count, digits.length));
    }

    boolean startsWith(Nibbles prefix) {
        return prefix.length() <= length()
                && Arrays.equals(digits, 0, prefix.length(), prefix.digits, 0, prefix.length());
    }

    boolean same(Nibbles other) {
        return Arrays.equals(digits, other.digits);
    }
}
