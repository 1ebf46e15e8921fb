package io.attested.sms.attestation;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Immutable bytes with a value's equality: measurements, keys, identifiers, signed ranges.
 *
 * <p>Not for secrets: {@link #toString()} prints the bytes in hexadecimal. Comparison takes constant time for equal
 * lengths.
 */
public final class ByteString {
    private static final HexFormat HEX = HexFormat.of();

    private final byte[] bytes;

    /** Computed when first asked for. Threads may compute it twice, to the same value, as with a String's hash. */
    private @Nullable ByteString sha256;

    private int hash;

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

    /** SHA-256 of the bytes, 32 bytes; computed once. */
    public ByteString sha256() {
        ByteString digest = sha256;
        if (digest == null) {
            digest = Sha256.of(this);
            sha256 = digest;
        }
        return digest;
    }

    /** Feeds the bytes to {@code digest} without a copy. */
    void update(MessageDigest digest) {
        digest.update(bytes);
    }

    /** Whether these are the bytes, compared in time that depends on where they differ: for public texts. */
    public boolean hasContentOf(byte[] other) {
        return Arrays.equals(bytes, other);
    }

    /** The same as {@link #equals}, in time that depends on where the bytes differ: for long public texts. */
    boolean hasContentOf(ByteString other) {
        return this == other || Arrays.equals(bytes, other.bytes);
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
        return this == other || other instanceof ByteString that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        int code = hash;
        if (code == 0) {
            code = Arrays.hashCode(bytes);
            hash = code;
        }
        return code;
    }

    /** Same as {@link #hex()}. */
    @Override
    public String toString() {
        return hex();
    }
}
