package io.attested.sms.task.ipfs;

import java.util.Arrays;

/**
 * Reads protocol buffers of untrusted bytes one field after another; no length is believed beyond the bytes there are, and
 * only the two kinds of field that dag-pb and UnixFS use are known. Source: the Protocol Buffers encoding.
 */
final class Fields {
    private static final int VARINT = 0;
    private static final int BYTES = 2;
    private static final int MOST_VARINT_BYTES = 9;

    private final byte[] bytes;
    private int position;
    private int number;
    private int kind;

    Fields(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Goes to the next field; whether there is one. Its value must be read before the next is gone to. */
    boolean next() throws MalformedBlockException {
        if (position == bytes.length) {
            return false;
        }
        long key = varint();
        if (key >> 3 == 0 || key >> 3 > Integer.MAX_VALUE) {
            throw malformed();
        }
        number = (int) (key >> 3);
        kind = (int) (key & 7);
        return true;
    }

    /** The present field's number. */
    int number() {
        return number;
    }

    /** The present field's value as a number of at most 63 bits. */
    long longValue() throws MalformedBlockException {
        requireKind(VARINT);
        return varint();
    }

    /** The present field's value as bytes. */
    byte[] bytesValue() throws MalformedBlockException {
        requireKind(BYTES);
        long length = varint();
        if (length > bytes.length - position) {
            throw malformed();
        }
        byte[] value = Arrays.copyOfRange(bytes, position, position + (int) length);
        position += (int) length;
        return value;
    }

    /** Goes over the present field's value, of either kind. */
    void skip() throws MalformedBlockException {
        if (kind == VARINT) {
            varint();
        } else {
            bytesValue();
        }
    }

    private void requireKind(int expected) throws MalformedBlockException {
        if (kind != expected) {
            throw malformed();
        }
    }

    private long varint() throws MalformedBlockException {
        long value = 0;
        for (int i = 0; i < MOST_VARINT_BYTES; i++) {
            if (position == bytes.length) {
                throw malformed();
            }
            int next = bytes[position++] & 0xff;
            value |= (long) (next & 0x7f) << 7 * i;
            if (next < 0x80) {
                return value;
            }
        }
        throw malformed();
    }

    private static MalformedBlockException malformed() {
        return new MalformedBlockException("the block is no protocol buffer of its codec");
    }
}
