package io.attested.sms.attestation.seal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Secret bytes that cannot print, compare quickly or serialise themselves.
 *
 * <p>Guarantees: {@link #toString()} and {@link #hashCode()} reveal nothing, comparison takes constant time for equal
 * lengths, {@link #close()} overwrites the array held here. Not guaranteed: that no other copy exists; a moving garbage
 * collector may have left one. The caller's duty: close it, and wipe what {@link #copy} returned.
 */
public final class SecretBytes implements AutoCloseable {
    private final byte[] bytes;
    private boolean wiped;

    private SecretBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes ownership of {@code bytes}: the caller must not use the array again. */
    public static SecretBytes owning(byte[] bytes) {
        return new SecretBytes(bytes);
    }

    /** Copies {@code bytes}; the caller still has to wipe its own array. */
    public static SecretBytes copyOf(byte[] bytes) {
        return new SecretBytes(bytes.clone());
    }

    /** The UTF-8 bytes of {@code text}. The string itself cannot be wiped. */
    public static SecretBytes ofUtf8(String text) {
        return new SecretBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Length in bytes. */
    public int length() {
        return bytes.length;
    }

    /** A copy of the bytes, which the caller must wipe. */
    public synchronized byte[] copy(RawSecretAccess access) {
        if (wiped) {
            throw new IllegalStateException("this secret was wiped");
        }
        return bytes.clone();
    }

    /** The bytes as UTF-8 text, which nobody can wipe: only for what must become a string anyway. */
    public synchronized String text(RawSecretAccess access) {
        if (wiped) {
            throw new IllegalStateException("this secret was wiped");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Overwrites the bytes. Later access fails. */
    @Override
    public synchronized void close() {
        wiped = true;
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretBytes that && MessageDigest.isEqual(bytes, that.bytes);
    }

    /** Constant, so that no hash of a secret ever leaves this type. */
    @Override
    public int hashCode() {
        return SecretBytes.class.hashCode();
    }

    @Override
    public String toString() {
        return "SecretBytes[redacted]";
    }
}
