package io.attested.sms.operate.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The key of the admin API, kept as its SHA-256, which is compared in constant time whatever the lengths are. */
public final class ApiKey {
    /** Fewest characters of a key. */
    public static final int SHORTEST = 16;

    /** Most characters of a key. */
    public static final int LONGEST = 512;

    private final byte[] digest;

    private ApiKey(byte[] digest) {
        this.digest = digest;
    }

    /**
     * The key in a file's content; one line break at the end is left out.
     *
     * @throws IllegalArgumentException unless it is {@value #SHORTEST} to {@value #LONGEST} printable ASCII characters
     *     without spaces
     */
    public static ApiKey of(byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        String key = text.endsWith("\r\n")
                ? text.substring(0, text.length() - 2)
                : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        if (key.length() < SHORTEST || key.length() > LONGEST || key.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
            throw new IllegalArgumentException("expected " + SHORTEST + " to " + LONGEST
                    + " printable ASCII characters without spaces on one line");
        }
        return new ApiKey(sha256(key));
    }

    /** Whether {@code sent} is the key. */
    public boolean is(String sent) {
        return MessageDigest.isEqual(digest, sha256(sent));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "ApiKey[redacted]";
    }
}
