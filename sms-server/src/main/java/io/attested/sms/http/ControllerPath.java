package io.attested.sms.http;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.springframework.web.util.UriUtils;

/**
 * A path as controllers are found by it: decoded and without parameters, but with its dot segments. The container resolves
 * those before it chooses filters, so that {@code /admin/../restore-backup} is {@code /restore-backup} to a filter and has a
 * controller of {@code /admin/{storageID}/restore-backup}. Who guards paths looks at both.
 */
public final class ControllerPath {
    private static final Pattern PARAMETERS = Pattern.compile(";[^/]*");

    private ControllerPath() {}

    /** @param path as the client wrote it */
    public static String of(String path) {
        String plain = PARAMETERS.matcher(path).replaceAll("");
        try {
            return UriUtils.decode(plain, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return plain;
        }
    }
}
