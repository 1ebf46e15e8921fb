package io.attested.sms.bench.conformance;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * An HTTP answer as it came.
 *
 * @param target path and query of the request; empty when bytes were sent as they are
 * @param status three digits
 * @param headers in order, names as sent
 * @param content the body after chunks are joined
 * @param took from the first byte sent to the last received
 */
public record Answer(String target, int status, List<Request.Header> headers, Content content, Duration took)
        implements Seen {
    private static final int LONGEST = 140;

    /** The bytes of a body, as text. */
    public String body() {
        return content.text(StandardCharsets.UTF_8);
    }

    /** The path that was asked, as it was written, without its query. */
    public String path() {
        return target.split("\\?", 2)[0];
    }

    /** The only value of this header, whatever its name's case; nothing when it is absent or there are several. */
    public Optional<String> header(String name) {
        List<String> all = headers(name);
        return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
    }

    /** All values of this header in order. */
    public List<String> headers(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Request.Header::value)
                .toList();
    }

    @Override
    public String words() {
        String words = Expected.defaultError(this).map(this::error).orElseGet(this::plain);
        return words.length() > LONGEST ? words.substring(0, wholeCharacters(words)) + "…" : words;
    }

    private static int wholeCharacters(String words) {
        return Character.isHighSurrogate(words.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    }

    private String error(JsonNode body) {
        return status + ", default error object \"" + body.path("error").asString("") + "\" of "
                + body.path("path").asString("")
                + (body.path("status").intValue() == status ? "" : " that says " + body.path("status"));
    }

    private String plain() {
        String type = header("Content-Type").map(value -> ", " + value).orElse("");
        return status + type + (content.length() == 0 ? ", no body" : ", " + body());
    }
}
