package io.attested.sms.chain;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** The one text form of fixed-length bytes in this package: {@code 0x} and lower-case digits. */
final class Hex {
    private static final HexFormat DIGITS = HexFormat.of();

    private Hex() {}

    static String of(byte[] bytes, int length) {
        if (bytes.length != length) {
            throw new IllegalArgumentException("expected " + length + " bytes, got " + bytes.length);
        }
        return "0x" + DIGITS.formatHex(bytes);
    }

    static byte[] bytes(String canonical) {
        return DIGITS.parseHex(canonical, 2, canonical.length());
    }

    /** Accepts either case after a lower-case {@code 0x}; the checksum of EIP-55 is not looked at. */
    static Optional<String> canonical(String text, int length) {
        if (text.length() != 2 + 2 * length || !text.startsWith("0x")) {
            return Optional.empty();
        }
        for (int i = 2; i < text.length(); i++) {
            if (!HexFormat.isHexDigit(text.charAt(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(text.toLowerCase(Locale.ROOT));
    }

    static void requireCanonical(String text, int length) {
        if (!canonical(text, length).filter(text::equals).isPresent()) {
            throw new IllegalArgumentException("expected 0x and " + 2 * length + " lower-case hexadecimal digits");
        }
    }
}
