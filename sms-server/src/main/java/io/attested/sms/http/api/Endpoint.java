package io.attested.sms.http.api;

import java.util.List;
import java.util.Optional;

/**
 * One method on one path.
 *
 * @param method {@code GET}, {@code HEAD}, {@code POST}, {@code PUT} or {@code DELETE}
 * @param path as its controller maps it, with names in braces
 * @param summary one sentence
 * @param inputs what the request carries besides its body
 * @param body what it carries, if anything
 * @param answers every status the endpoint's own rules give, in the order of its checks, success last; a status may stand
 *     several times
 */
public record Endpoint(
        String method, String path, String summary, List<Input> inputs, Optional<Content> body, List<Answer> answers) {
    /** Takes unmodifiable copies. */
    public Endpoint {
        inputs = List.copyOf(inputs);
        answers = List.copyOf(answers);
    }

    /** An endpoint that only needs to be asked. */
    public static Endpoint of(String method, String path, String summary, Answer... answers) {
        return new Endpoint(method, path, summary, List.of(), Optional.empty(), List.of(answers));
    }

    /** The same with inputs. */
    public Endpoint with(Input... more) {
        return new Endpoint(method, path, summary, List.of(more), body, answers);
    }

    /** The same with a body. */
    public Endpoint sending(Content content) {
        return new Endpoint(method, path, summary, inputs, Optional.of(content), answers);
    }

    /** What the request carries besides its body. */
    public record Input(Place place, String name, boolean required, String about) {
        /** Where it stands. */
        public enum Place {
            PATH,
            QUERY,
            HEADER
        }

        /** A part of the path. */
        public static Input path(String name, String about) {
            return new Input(Place.PATH, name, true, about);
        }

        /** A parameter that must be there. */
        public static Input query(String name, String about) {
            return new Input(Place.QUERY, name, true, about);
        }

        /** A header that must be there. */
        public static Input header(String name, String about) {
            return new Input(Place.HEADER, name, true, about);
        }

        /** The same, not required. */
        public Input optional() {
            return new Input(place, name, false, about);
        }
    }

    /**
     * A body.
     *
     * @param type media type as it is sent, with its charset if it has one
     * @param about one sentence; may be empty for an answer whose cause says it all
     * @param example a body as it may look; JSON for JSON types
     */
    public record Content(String type, String about, String example) {}

    /**
     * One way to be answered.
     *
     * @param content nothing when the body is empty
     * @param headers {@code Name: value} of those that belong to the answer
     */
    public record Answer(int status, String when, Optional<Content> content, List<String> headers) {
        private static final String DEFAULT_ERROR = """
                {"timestamp":"2026-11-01T00:00:00.000+00:00","status":%d,"error":"%s","path":"/…"}""";
        private static final String PROBLEM = """
                {"code":"%s","detail":"…","status":%d,"title":"%s","type":"about:blank"}""";

        /** Takes an unmodifiable copy. */
        public Answer {
            headers = List.copyOf(headers);
        }

        /** An answer without a body. */
        public static Answer empty(int status, String when) {
            return new Answer(status, when, Optional.empty(), List.of());
        }

        /** An answer with a body. */
        public static Answer body(int status, String when, String type, String example) {
            return new Answer(status, when, Optional.of(new Content(type, "", example)), List.of());
        }

        /** The original's default error object. */
        public static Answer fault(int status, String when) {
            return body(status, when, "application/json", DEFAULT_ERROR.formatted(status, Reasons.of(status)));
        }

        /** A problem object of {@code /v1}. */
        public static Answer problem(int status, String code, String when) {
            return body(status, when, "application/problem+json", PROBLEM.formatted(code, status, Reasons.of(status)));
        }

        /** The same with the content type of an answer to HEAD, whose body stays away. */
        public Answer asJson() {
            return withHeader("Content-Type: application/json");
        }

        /** The same with a header. */
        public Answer withHeader(String header) {
            return new Answer(status, when, content, List.of(header));
        }
    }
}
