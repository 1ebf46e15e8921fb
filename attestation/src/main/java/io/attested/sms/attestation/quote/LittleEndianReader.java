package io.attested.sms.attestation.quote;

import io.attested.sms.attestation.ByteString;

/** Reads fields from untrusted bytes; every length is checked against what is left before anything is copied. */
final class LittleEndianReader {
    private final byte[] bytes;
    private final int end;
    private int position;

    LittleEndianReader(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.position = start;
        this.end = end;
    }

    int position() {
        return position;
    }

    int remaining() {
        return end - position;
    }

    int u16(String field) throws TruncatedException {
        int start = advance(field, 2);
        return u8(start) | u8(start + 1) << 8;
    }

    int i32(String field) throws TruncatedException {
        int start = advance(field, 4);
        return u8(start) | u8(start + 1) << 8 | u8(start + 2) << 16 | u8(start + 3) << 24;
    }

    long u32(String field) throws TruncatedException {
        return Integer.toUnsignedLong(i32(field));
    }

    ByteString bytes(String field, long length) throws TruncatedException {
        int start = advance(field, length);
        return ByteString.copyOf(bytes, start, (int) length);
    }

    private int advance(String field, long length) throws TruncatedException {
        if (length > remaining()) {
            throw new TruncatedException(
                    field + " needs " + length + " bytes at offset " + position + ", " + remaining() + " are left");
        }
        int start = position;
        position += (int) length;
        return start;
    }

    private int u8(int offset) {
        return Byte.toUnsignedInt(bytes[offset]);
    }

    /** A field reaches past the end. */
    static final class TruncatedException extends Exception {
        private static final long serialVersionUID = 1L;

        TruncatedException(String message) {
            super(message, null, false, false);
        }
    }
}
