package io.attested.sms.attestation;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Immutable bytes with a value's equality: measurements, keys, identifiers, signed ranges.
 *
 * <p>Not for secrets: {@link #toString()} prints the bytes in hexadecimal. Comparison takes constant time for equal
 * lengths.
 */
public final class ByteString {
    private static final HexFormat HEX = HexFormat.of();

    private final byte[] bytes;

    private ByteString(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A copy of {@code bytes}. */
    public static ByteString copyOf(byte[] bytes) {
        return new ByteString(bytes.clone());
    }

    /** A copy of {@code length} bytes from {@code offset} on. */
    public static ByteString copyOf(byte[] bytes, int offset, int length) {
        return new ByteString(Arrays.copyOfRange(bytes, offset, offset + length));
    }

    /**
     * The bytes of hexadecimal text in either case, without a prefix.
     *
     * @throws IllegalArgumentException when {@code hex} is not an even number of hexadecimal digits
     */
    public static ByteString ofHex(String hex) {
        return new ByteString(HEX.parseHex(hex));
    }

    /** Length in bytes. */
    public int length() {
        return bytes.length;
    }

    /** The byte at {@code index} as 0 to 255. */
    public int unsigned(int index) {
        return Byte.toUnsignedInt(bytes[index]);
    }

    /** {@code length} bytes from {@code offset} on. */
    public ByteString slice(int offset, int length) {
        if (offset < 0 || length < 0 || offset > bytes.length - length) {
            throw new IndexOutOfBoundsException(
                    "bytes " + offset + " to " + (offset + (long) length) + " of " + bytes.length);
        }
        return copyOf(bytes, offset, length);
    }

    /** A copy of the bytes. */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    /** Lower-case hexadecimal text without a prefix. */
    public String hex() {
        return HEX.formatHex(bytes);
    }

    /** Whether every byte is zero. */
    public boolean isZero() {
        int bits = 0;
        for (byte b : bytes) {
            bits |= b;
        }
        return bits == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ByteString that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Same as {@link #hex()}. */
    @Override
    public String toString() {
        return hex();
    }
}
