package io.attested.sms.worker.ethereum;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A 32-byte value: a hash, a task id, a nonce.
 *
 * @param hex {@code 0x} and 64 lower-case hex digits
 */
public record Bytes32(String hex) {
    /** Length in bytes. */
    public static final int LENGTH = 32;

    private static final Pattern FORM = Pattern.compile("0x[0-9a-f]{64}");

    /** Checks the form. Text of unknown origin goes through {@link #parse}. */
    public Bytes32 {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("expected 0x and 64 lower-case hex digits");
        }
    }

    /** Reads 64 hex digits of either case, with or without {@code 0x}; anything else is nothing. */
    public static Optional<Bytes32> parse(String text) {
        String digits = text.startsWith("0x") ? text.substring(2) : text;
        String candidate = "0x" + digits.toLowerCase(Locale.ROOT);
        return FORM.matcher(candidate).matches() ? Optional.of(new Bytes32(candidate)) : Optional.empty();
    }

    /** The value of exactly 32 bytes. */
    public static Bytes32 of(byte[] bytes) {
        return new Bytes32("0x" + HexFormat.of().formatHex(bytes));
    }

    /** The 32 bytes. */
    public byte[] bytes() {
        return HexFormat.of().parseHex(hex, 2, hex.length());
    }

    /** 64 lower-case hex digits without {@code 0x}. */
    public String digits() {
        return hex.substring(2);
    }

    @Override
    public String toString() {
        return hex;
    }
}
