package io.attested.sms.session.store;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a store takes sessions: {@code https}, a host, perhaps a port and a path.
 *
 * <p>There is no {@code http}: sessions hold secrets in clear. The contract's original posts to a Gramine store without
 * TLS (iExec contract 4.5); this service does not.
 *
 * @param base without a slash at the end
 */
public record StoreUrl(URI base) {
    /** Reads a URL; anything but a plain HTTPS address is refused. */
    public static StoreUrl of(String text) {
        URI url;
        try {
            url = new URI(text.strip());
        } catch (URISyntaxException e) {
            throw refused(text);
        }
        if (!"https".equals(lower(url.getScheme()))
                || url.getHost() == null
                || url.getRawUserInfo() != null
                || url.getRawQuery() != null
                || url.getRawFragment() != null) {
            throw refused(text);
        }
        String plain = url.toString();
        return new StoreUrl(URI.create(plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain));
    }

    /** The address of a path of the store; {@code path} begins with a slash. */
    public URI at(String path) {
        return URI.create(base + path);
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }

    private static StoreSettingRefused refused(String text) {
        boolean mayHoldPassword = text.contains("@");
        return new StoreSettingRefused("the address of a session store is "
                + (mayHoldPassword ? "a URL with a user in it" : "'" + text + "'")
                + "; expected https://HOST[:PORT][/PATH] without user, query and fragment"
                + " (sessions hold secrets, so there is no plain http); correct the setting");
    }
}
