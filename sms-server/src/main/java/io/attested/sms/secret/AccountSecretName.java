package io.attested.sms.secret;

import java.util.Locale;
import java.util.Optional;

/**
 * The name of an account secret: 1 to 255 characters (UTF-16 units) in lower case, without control characters and
 * unpaired surrogates. Names that differ in case are the same name.
 *
 * @param value the name in lower case
 */
public record AccountSecretName(String value) {
    /** Longest name, in UTF-16 units. */
    public static final int MAX_LENGTH = 255;

    public AccountSecretName {
        if (!isName(value)) {
            throw new IllegalArgumentException(
                    "expected 1 to " + MAX_LENGTH + " lower-case characters without control characters");
        }
    }

    /** The name {@code text} stands for, lower-cased, or nothing when it is empty, too long or not printable text. */
    public static Optional<AccountSecretName> tryParse(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String lower = text.toLowerCase(Locale.ROOT);
        return isName(lower) ? Optional.of(new AccountSecretName(lower)) : Optional.empty();
    }

    private static boolean isName(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_LENGTH
                && text.equals(text.toLowerCase(Locale.ROOT))
                && text.codePoints().noneMatch(AccountSecretName::isForbidden);
    }

    private static boolean isForbidden(int codePoint) {
        return Character.isISOControl(codePoint)
                || Character.getType(codePoint) == Character.SURROGATE
                || Character.getType(codePoint) == Character.LINE_SEPARATOR
                || Character.getType(codePoint) == Character.PARAGRAPH_SEPARATOR;
    }

    @Override
    public String toString() {
        return value;
    }
}
