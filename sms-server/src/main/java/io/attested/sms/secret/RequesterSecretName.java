package io.attested.sms.secret;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a requester secret: 1 to 64 characters from {@code [0-9A-Za-z-_]}, case counts.
 *
 * @param value the name
 */
public record RequesterSecretName(String value) {
    private static final Pattern FORM = Pattern.compile("[0-9A-Za-z_-]{1,64}");

    public RequesterSecretName {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("expected 1 to 64 characters from [0-9A-Za-z-_]");
        }
    }

    /** The name, or nothing when {@code text} is not one. */
    public static Optional<RequesterSecretName> tryParse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new RequesterSecretName(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
