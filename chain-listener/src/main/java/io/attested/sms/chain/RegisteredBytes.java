package io.attested.sms.chain;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Bytes an owner wrote into a registry: any length, any content, public.
 *
 * <p>Equality is by content. Nothing is normalised; what the bytes mean is for the reader to find out.
 */
public final class RegisteredBytes {
    private final byte[] bytes;

    private RegisteredBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Copies {@code bytes}. */
    public static RegisteredBytes of(byte[] bytes) {
        return new RegisteredBytes(bytes.clone());
    }

    /** The UTF-8 bytes of {@code text}. */
    public static RegisteredBytes ofText(String text) {
        return new RegisteredBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A fresh copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Number of bytes. */
    public int length() {
        return bytes.length;
    }

    /** Whether nothing is registered. */
    public boolean isEmpty() {
        return bytes.length == 0;
    }

    /** The bytes as text, or empty when they are not well-formed UTF-8. */
    public Optional<String> text() {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RegisteredBytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "RegisteredBytes[" + bytes.length + "]";
    }
}
