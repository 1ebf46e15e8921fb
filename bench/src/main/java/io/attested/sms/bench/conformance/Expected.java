package io.attested.sms.bench.conformance;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What must be seen.
 *
 * @param words for a reader, a phrase such as {@code 401, no body}
 * @param holds whether it is
 */
public record Expected(String words, Predicate<Seen> holds) {
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Set<String> DEFAULT_ERROR = Set.of("timestamp", "status", "error", "path");

    /** One of these statuses. */
    public static Expected status(int... statuses) {
        String words = Arrays.stream(statuses).mapToObj(Integer::toString).collect(Collectors.joining(" or "));
        return answer(words, answer -> Arrays.stream(statuses).anyMatch(one -> one == answer.status()));
    }

    /** Any status of 400 to 499. */
    public static Expected clientError() {
        return answer("4xx", answer -> answer.status() / 100 == 4);
    }

    /** An answer that fulfils something. */
    public static Expected answer(String words, Predicate<Answer> holds) {
        return new Expected(words, seen -> seen instanceof Answer answer && holds.test(answer));
    }

    /** The words a script told, exactly. */
    public static Expected told(String words) {
        return new Expected(
                words, seen -> seen instanceof Seen.Told told && told.words().equals(words));
    }

    /** This status and not one byte of a body. */
    public static Expected empty(int status) {
        return status(status).and(answer("no body", answer -> answer.content().length() == 0));
    }

    /** A body of exactly this text. */
    public static Expected body(String text) {
        return answer("body " + text, answer -> answer.body().equals(text));
    }

    /** A content type that is exactly this, parameters included. */
    public static Expected contentType(String type) {
        return header("Content-Type", type);
    }

    /** No header {@code Content-Type}. */
    public static Expected noContentType() {
        return answer(
                "no content type", answer -> answer.headers("Content-Type").isEmpty());
    }

    /** Exactly one header of this name, with this value. */
    public static Expected header(String name, String value) {
        return answer(name + ": " + value, answer -> answer.header(name).equals(Optional.of(value)));
    }

    /** No header of this name. */
    public static Expected noHeader(String name) {
        return answer("no " + name, answer -> answer.headers(name).isEmpty());
    }

    /** Headers of this name whose comma-separated values are these, in any order, and no others. */
    public static Expected headerList(String name, String... values) {
        Set<String> wanted = Set.of(values);
        return answer(
                name + ": " + String.join(", ", new TreeSet<>(wanted)),
                answer -> answer.headers(name).stream()
                        .flatMap(line -> Arrays.stream(line.split(",")))
                        .map(String::strip)
                        .collect(Collectors.toSet())
                        .equals(wanted));
    }

    /** A JSON body equal to this member by member, without any other, under exactly {@code application/json}. */
    public static Expected json(String json) {
        JsonNode wanted = STRICT.readTree(json);
        return answer("JSON " + json, answer -> parsed(answer).equals(Optional.of(wanted)))
                .and(contentType("application/json"));
    }

    /** A JSON body that fulfils something. */
    public static Expected jsonBody(String words, Predicate<JsonNode> holds) {
        return answer(words, answer -> parsed(answer).filter(holds).isPresent());
    }

    /**
     * The framework's error object and nothing besides: {@code timestamp} with offset {@code +00:00}, {@code status},
     * {@code error} and {@code path}, which is the path asked for; contract section 1.1.
     */
    public static Expected defaultError(int status, String reason) {
        return answer(
                status + ", default error object \"" + reason + "\"",
                answer -> defaultError(answer)
                        .filter(body -> answer.status() == status
                                && body.path("status").intValue() == status
                                && body.path("error").asString("").equals(reason))
                        .filter(body -> answer.path().isEmpty()
                                || body.path("path").asString("").equals(answer.path()))
                        .isPresent());
    }

    /** The framework's error object, if the answer is exactly one, of whatever status and path. */
    static Optional<JsonNode> defaultError(Answer answer) {
        return parsed(answer)
                .filter(body -> answer.header("Content-Type").equals(Optional.of("application/json")))
                .filter(body -> body.isObject()
                        && Set.copyOf(body.propertyNames()).equals(DEFAULT_ERROR)
                        && isTimestamp(body.path("timestamp"))
                        && body.path("status").isInt()
                        && body.path("error").isString()
                        && body.path("path").isString());
    }

    /** Both. */
    public Expected and(Expected other) {
        return new Expected(words + ", " + other.words, holds.and(other.holds));
    }

    /** Either. */
    public Expected or(Expected other) {
        return new Expected(words + "; or " + other.words, holds.or(other.holds));
    }

    private static boolean isTimestamp(JsonNode node) {
        String text = node.asString("");
        try {
            OffsetDateTime.parse(text);
            return text.endsWith("+00:00");
        } catch (DateTimeException another) {
            return false;
        }
    }

    /** The body as strict clients read it; nothing when it is no JSON document. */
    public static Optional<JsonNode> parsed(Answer answer) {
        try {
            return Optional.of(STRICT.readTree(answer.content().bytes())).filter(node -> !node.isMissingNode());
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }
}
