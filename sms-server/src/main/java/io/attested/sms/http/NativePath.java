package io.attested.sms.http;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.springframework.web.util.UriUtils;

/** Which paths belong to the native API, by the rules that find their controllers: decoded, without parameters. */
final class NativePath {
    private static final Pattern PARAMETERS = Pattern.compile(";[^/]*");

    private NativePath() {}

    /** Whether {@code path}, as the client wrote it, is {@code /v1} or below. */
    static boolean is(String path) {
        String plain = decoded(PARAMETERS.matcher(path).replaceAll(""));
        return plain.startsWith("/v1/") || plain.equals("/v1");
    }

    private static String decoded(String path) {
        try {
            return UriUtils.decode(path, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return path;
        }
    }
}
