package io.attested.sms.attestation.ratls;

import io.attested.sms.attestation.ByteString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Strict CBOR (RFC 8949 section 4.2.1) of the few kinds that RA-TLS evidence has: definite lengths, each number in its
 * shortest form, every length compared with what is left before anything is copied. Does not nest by itself.
 */
final class CborReader {
    private static final int UNSIGNED = 0;
    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int ARRAY = 4;
    private static final int MAP = 5;
    private static final int TAG = 6;

    private final ByteString bytes;
    private int position;

    CborReader(ByteString bytes) {
        this.bytes = bytes;
    }

    /** An unsigned number below 2^31. */
    int number() throws IOException {
        return argument(UNSIGNED, "a number");
    }

    /** Requires this tag. */
    void tag(int number) throws IOException {
        requireEqual(argument(TAG, "a tag"), number, "tag");
    }

    /** Requires an array of {@code size} elements, which are read next. */
    void array(int size) throws IOException {
        requireEqual(argument(ARRAY, "an array"), size, "size of an array");
    }

    /** The number of pairs of a map, which are read next. */
    int map() throws IOException {
        return argument(MAP, "a map");
    }

    ByteString bytes() throws IOException {
        return content(argument(BYTES, "a byte string"));
    }

    /** ASCII text; no other is asked for. */
    String text() throws IOException {
        return new String(content(argument(TEXT, "a text")).toByteArray(), StandardCharsets.US_ASCII);
    }

    void requireEnd() throws IOException {
        requireEqual(bytes.length() - position, 0, "number of bytes after the end");
    }

    private int argument(int expectedKind, String what) throws IOException {
        int head = u8();
        if (head >>> 5 != expectedKind) {
            throw new IOException("expected " + what + " at byte " + (position - 1) + " of the CBOR");
        }
        int information = head & 0x1f;
        if (information < 24) {
            return information;
        }
        if (information > 26) {
            throw new IOException("a length is indefinite, reserved or above 4 bytes");
        }
        int length = 1 << information - 24;
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = value << 8 | u8();
        }
        long smallest = length == 1 ? 24 : 1L << 4 * length;
        if (value < smallest || value > Integer.MAX_VALUE) {
            throw new IOException("a number is not in its shortest form, or beyond 2^31");
        }
        return (int) value;
    }

    private ByteString content(int length) throws IOException {
        if (length > bytes.length() - position) {
            throw new IOException("a string of " + length + " bytes is cut off");
        }
        ByteString content = bytes.slice(position, length);
        position += length;
        return content;
    }

    private int u8() throws IOException {
        if (position >= bytes.length()) {
            throw new IOException("CBOR is cut off");
        }
        return bytes.unsigned(position++);
    }

    private static void requireEqual(int seen, int expected, String what) throws IOException {
        if (seen != expected) {
            throw new IOException(what + " is " + seen + ", expected " + expected);
        }
    }
}
