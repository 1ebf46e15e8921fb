package io.attested.sms.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * What a failed request is told: under {@code /v1} an RFC 9457 problem with a code, elsewhere the default error object of
 * the original. Neither holds anything of the request but its path.
 *
 * @param type content type
 * @param members the JSON object's
 */
record ErrorBody(MediaType type, Map<String, Object> members) {
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx");

    /** The body for a status. */
    static ErrorBody of(String path, HttpStatus status, Instant now) {
        return NativePath.is(path) ? problem(status) : defaultObject(path, status, now);
    }

    /** The problem object for a status. */
    static ErrorBody problem(HttpStatus status) {
        return new ErrorBody(
                MediaType.APPLICATION_PROBLEM_JSON,
                Problem.members(status, InputCode.of(status.value()).word(), status.getReasonPhrase()));
    }

    private static ErrorBody defaultObject(String path, HttpStatus status, Instant now) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("timestamp", TIMESTAMP.format(now.atOffset(ZoneOffset.UTC)));
        members.put("status", status.value());
        members.put("error", status.getReasonPhrase());
        members.put("path", path);
        return new ErrorBody(MediaType.APPLICATION_JSON, members);
    }
}
