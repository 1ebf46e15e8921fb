package io.attested.sms.worker.dataset;

import io.attested.sms.attestation.seal.RawSecretAccess;
import io.attested.sms.attestation.seal.SecretBytes;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * The AES-256 key of a dataset. Its text form, base64 with padding (44 characters), is what owners push to the service.
 */
public final class DatasetKey implements AutoCloseable {
    /** Length in bytes. */
    public static final int LENGTH = 32;

    private final SecretBytes key;

    private DatasetKey(SecretBytes key) {
        this.key = key;
    }

    /** A new key. */
    public static DatasetKey random(SecureRandom random) {
        byte[] raw = new byte[LENGTH];
        random.nextBytes(raw);
        return new DatasetKey(SecretBytes.owning(raw));
    }

    /**
     * Reads a key from its base64 text, surrounding white space ignored.
     *
     * @return nothing when it is no base64 or not of 32 bytes
     */
    public static Optional<DatasetKey> parse(SecretBytes text) {
        byte[] ascii = text.copy(RawSecretAccess.to("decode a dataset key"));
        byte[] trimmed = trim(ascii);
        try {
            byte[] raw = Base64.getDecoder().decode(trimmed);
            return raw.length == LENGTH ? Optional.of(new DatasetKey(SecretBytes.owning(raw))) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        } finally {
            Arrays.fill(ascii, (byte) 0);
            Arrays.fill(trimmed, (byte) 0);
        }
    }

    /** The base64 text, ASCII. */
    public SecretBytes text() {
        byte[] raw = raw();
        try {
            return SecretBytes.owning(Base64.getEncoder().encode(raw));
        } finally {
            Arrays.fill(raw, (byte) 0);
        }
    }

    byte[] raw() {
        return key.copy(RawSecretAccess.to("encrypt or decrypt a dataset"));
    }

    private static byte[] trim(byte[] ascii) {
        int start = 0;
        int end = ascii.length;
        while (start < end && Character.isWhitespace(ascii[start])) {
            start++;
        }
        while (end > start && Character.isWhitespace(ascii[end - 1])) {
            end--;
        }
        return Arrays.copyOfRange(ascii, start, end);
    }

    @Override
    public void close() {
        key.close();
    }

    @Override
    public String toString() {
        return "DatasetKey[redacted]";
    }
}
