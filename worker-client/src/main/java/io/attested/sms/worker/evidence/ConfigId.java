package io.attested.sms.worker.evidence;

import io.attested.sms.attestation.binding.LaunchBinding;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * CONFIGID of an SGX report: 64 bytes set when the enclave was created, all zero when it was created without.
 *
 * @param hex 128 lower-case hex digits
 */
public record ConfigId(String hex) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{128}");
    private static final String ZERO = "0".repeat(2 * LaunchBinding.CONFIG_ID_LENGTH);

    /** Checks the form. */
    public ConfigId {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("CONFIGID has 128 lower-case hex digits");
        }
    }

    /** Reads 128 hex digits of either case, with or without {@code 0x}. */
    public static Optional<ConfigId> parse(String text) {
        String digits = (text.startsWith("0x") ? text.substring(2) : text).toLowerCase(Locale.ROOT);
        return FORM.matcher(digits).matches() ? Optional.of(new ConfigId(digits)) : Optional.empty();
    }

    /** The value of exactly 64 bytes. */
    public static ConfigId of(byte[] bytes) {
        return new ConfigId(HexFormat.of().formatHex(bytes));
    }

    /** Whether the enclave was created without one. */
    public boolean isZero() {
        return hex.equals(ZERO);
    }

    /** Whether it is these 64 bytes. */
    public boolean is(byte[] bytes) {
        return MessageDigest.isEqual(HexFormat.of().parseHex(hex), bytes);
    }

    @Override
    public String toString() {
        return hex;
    }
}
