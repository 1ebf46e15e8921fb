package io.attested.sms.chain;

import java.util.Optional;

/**
 * A {@code bytes32} of the chain: a task id, a deal id, a block hash, a tag.
 *
 * @param value {@code 0x} and 64 lower-case hexadecimal digits, the only form that is ever held
 */
public record Bytes32(String value) {
    /** Length in bytes. */
    public static final int LENGTH = 32;

    /** All bits zero. */
    public static final Bytes32 ZERO = of(new byte[LENGTH]);

    /** @throws IllegalArgumentException when {@code value} is not in the canonical form */
    public Bytes32 {
        Hex.requireCanonical(value, LENGTH);
    }

    /**
     * Reads {@code 0x} and 64 digits of either case.
     *
     * @throws IllegalArgumentException for anything else; the message does not repeat the text
     */
    public static Bytes32 parse(String text) {
        return tryParse(text)
                .orElseThrow(() -> new IllegalArgumentException("expected 32 bytes: 0x and 64 hexadecimal digits"));
    }

    /** As {@link #parse}, empty instead of an exception. */
    public static Optional<Bytes32> tryParse(String text) {
        return Hex.canonical(text, LENGTH).map(Bytes32::new);
    }

    /** @throws IllegalArgumentException unless {@code bytes} has 32 bytes */
    public static Bytes32 of(byte[] bytes) {
        return new Bytes32(Hex.of(bytes, LENGTH));
    }

    /** A fresh copy of the 32 bytes. */
    public byte[] bytes() {
        return Hex.bytes(value);
    }

    /** Whether this is {@link #ZERO}. */
    public boolean isZero() {
        return equals(ZERO);
    }

    @Override
    public String toString() {
        return value;
    }
}
