package io.attested.sms.attestation.source;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A PEM chain in a header, percent-encoded (RFC 3986 section 2.1). */
final class IssuerChainHeader {
    private IssuerChainHeader() {}

    static Optional<String> read(Map<String, String> headers, String name) {
        String value = headers.get(name.toLowerCase(Locale.ROOT));
        if (value == null || value.isEmpty()) {
            return Optional.empty();
        }
        try {
            // A plus sign is base64 here, not the space of an HTML form.
            return Optional.of(URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
