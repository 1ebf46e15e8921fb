package io.attested.sms.worker.app;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * File names as the file system stores them.
 *
 * <p>{@code Path.toString} decodes with the locale's charset, so a name would depend on {@code LANG}, which the host sets.
 * The URI of a Unix path carries its exact bytes, percent-encoded.
 */
final class RawName {
    private RawName() {}

    /** The last name of a path, if its bytes are UTF-8. */
    static Optional<String> lastOf(Path path) {
        String uri = withoutTrailingSlash(path.toUri().getRawPath());
        return decode(uri.substring(uri.lastIndexOf('/') + 1));
    }

    /** The target of a link as stored, if its bytes are UTF-8. An absolute target keeps its leading slash. */
    static Optional<String> ofTarget(Path target) {
        if (target.isAbsolute()) {
            return decode(target.toUri().getRawPath());
        }
        // The URI of a path is absolute: root the target, then take the root away again.
        String uri = Path.of("/").resolve(target).toUri().getRawPath();
        return decode(withoutTrailingSlash(uri).substring(1));
    }

    private static String withoutTrailingSlash(String uri) {
        return uri.length() > 1 && uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    }

    private static Optional<String> decode(String percentEncoded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < percentEncoded.length(); i++) {
            char c = percentEncoded.charAt(i);
            if (c == '%') {
                bytes.write(Integer.parseInt(percentEncoded, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString());
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }
}
