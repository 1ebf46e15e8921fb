package io.attested.sms.attestation.quote;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.RejectionReason;

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

    int u16(String field) throws EvidenceRejected {
        int start = advance(field, 2);
        return u8(start) | u8(start + 1) << 8;
    }

    int i32(String field) throws EvidenceRejected {
        int start = advance(field, 4);
        return u8(start) | u8(start + 1) << 8 | u8(start + 2) << 16 | u8(start + 3) << 24;
    }

    long u32(String field) throws EvidenceRejected {
        return Integer.toUnsignedLong(i32(field));
    }

    ByteString bytes(String field, long length) throws EvidenceRejected {
        int start = advance(field, length);
        return ByteString.copyOf(bytes, start, (int) length);
    }

    /** A part of {@code length} bytes with a reader of its own; this one goes on after it. */
    LittleEndianReader part(String field, long length) throws EvidenceRejected {
        int start = advance(field, length);
        return new LittleEndianReader(bytes, start, position);
    }

    /** Requires that nothing is left in {@code part}. */
    void requireEnd(String part) throws EvidenceRejected {
        if (remaining() != 0) {
            throw new EvidenceRejected(
                    RejectionReason.MALFORMED_QUOTE, part, "ending with its last field", remaining() + " bytes longer");
        }
    }

    private int advance(String field, long length) throws EvidenceRejected {
        if (length > remaining()) {
            throw new EvidenceRejected(
                    RejectionReason.MALFORMED_QUOTE,
                    field + " at offset " + position,
                    length + " bytes",
                    remaining() + " bytes");
        }
        int start = position;
        position += (int) length;
        return start;
    }

    private int u8(int offset) {
        return Byte.toUnsignedInt(bytes[offset]);
    }
}
