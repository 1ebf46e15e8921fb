package io.attested.sms.bench.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each expectation holds of what it names, and not of its neighbours. */
class ExpectedTest {
    private static Answer answer(int status, String body, String... headers) {
        List<Request.Header> all = new ArrayList<>();
        for (int i = 0; i < headers.length; i += 2) {
            all.add(new Request.Header(headers[i], headers[i + 1]));
        }
        return new Answer("/a/b?c=d", status, all, Content.utf8(body), Duration.ZERO);
    }

    private static boolean holds(Expected expected, Seen seen) {
        return expected.holds().test(seen);
    }

    @Test
    void statusIsOneOfThoseNamed() {
        assertThat(holds(Expected.status(204, 404), answer(404, ""))).isTrue();
        assertThat(holds(Expected.status(204, 404), answer(400, ""))).isFalse();
        assertThat(holds(Expected.status(204), new Seen.Silence("204"))).isFalse();
        assertThat(holds(Expected.clientError(), answer(499, ""))).isTrue();
        assertThat(holds(Expected.clientError(), answer(500, ""))).isFalse();
    }

    @Test
    void emptyHasNotOneByte() {
        assertThat(holds(Expected.empty(401), answer(401, ""))).isTrue();
        assertThat(holds(Expected.empty(401), answer(401, " "))).isFalse();
        assertThat(holds(Expected.empty(401), answer(403, ""))).isFalse();
    }

    @Test
    void contentTypeIsExact() {
        Expected json = Expected.contentType("application/json");
        assertThat(holds(json, answer(200, "", "content-type", "application/json")))
                .isTrue();
        assertThat(holds(json, answer(200, "", "Content-Type", "application/json;charset=UTF-8")))
                .isFalse();
        assertThat(holds(json, answer(200, "", "Content-Type", "application/json", "Content-Type", "application/json")))
                .isFalse();
        assertThat(holds(Expected.noContentType(), answer(200, ""))).isTrue();
        assertThat(holds(Expected.noContentType(), answer(200, "", "CONTENT-TYPE", "a/b")))
                .isFalse();
    }

    @Test
    void headerListIgnoresOrderAndLinesAndNothingElse() {
        Expected allow = Expected.headerList("Allow", "HEAD", "POST");
        assertThat(holds(allow, answer(405, "", "Allow", "POST,HEAD"))).isTrue();
        assertThat(holds(allow, answer(405, "", "Allow", "POST", "Allow", "HEAD")))
                .isTrue();
        assertThat(holds(allow, answer(405, "", "Allow", "POST"))).isFalse();
        assertThat(holds(allow, answer(405, "", "Allow", "HEAD, POST, PUT"))).isFalse();
        assertThat(holds(allow, answer(405, ""))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":[\"a\"],\"more\":1}",
                "{\"error\":\"a\"}",
                "{\"error\":[\"a\",\"b\"]}",
                "{\"error\":[\"a\"],\"error\":[\"a\"]}",
                "{\"error\":[\"a\"]}x",
                "{\"error\":[\"a\"]",
                "",
                "[]"
            })
    void jsonHasNoMemberMore(String body) {
        Expected expected = Expected.json("{\"error\":[\"a\"]}");
        assertThat(holds(expected, answer(401, " {\"error\" : [\"a\"]}", "Content-Type", "application/json")))
                .isTrue();
        assertThat(holds(expected, answer(401, body, "Content-Type", "application/json")))
                .isFalse();
        assertThat(holds(expected, answer(401, "{\"error\":[\"a\"]}", "Content-Type", "text/plain")))
                .isFalse();
    }

    private static final String ERROR =
            "{\"timestamp\":\"2026-01-02T03:04:05.678+00:00\",\"status\":400,\"error\":\"Bad Request\",\"path\":\"/a/b\"}";

    private static Answer error(int status, String body) {
        return answer(status, body, "Content-Type", "application/json");
    }

    @Test
    void defaultErrorIsExactlyThat() {
        Expected expected = Expected.defaultError(400, "Bad Request");
        assertThat(holds(expected, error(400, ERROR))).isTrue();
        assertThat(error(400, ERROR).words()).isEqualTo("400, default error object \"Bad Request\" of /a/b");
        for (String wrong : List.of(
                ERROR.replace("}", ",\"message\":\"\"}"),
                ERROR.replace(",\"path\":\"/a/b\"", ""),
                ERROR.replace("+00:00", "Z"),
                ERROR.replace("+00:00", "+01:00"),
                ERROR.replace("2026-01", "2026-13"),
                ERROR.replace("400", "401"),
                ERROR.replace("400", "\"400\""),
                ERROR.replace("Bad Request", "Bad request"),
                ERROR.replace("/a/b", "/a/b?c=d"))) {
            assertThat(holds(expected, error(400, wrong))).as(wrong).isFalse();
        }
        assertThat(holds(expected, error(401, ERROR))).isFalse();
        assertThat(holds(expected, answer(400, ERROR, "Content-Type", "application/problem+json")))
                .isFalse();
    }

    @Test
    void bothAndEither() {
        Expected both = Expected.status(200).and(Expected.body("a"));
        assertThat(both.words()).isEqualTo("200, body a");
        assertThat(holds(both, answer(200, "a"))).isTrue();
        assertThat(holds(both, answer(200, "b"))).isFalse();
        Expected either = Expected.status(200).or(Expected.status(201));
        assertThat(holds(either, answer(201, ""))).isTrue();
        assertThat(holds(either, answer(202, ""))).isFalse();
    }

    @Test
    void toldIsNotAnAnswer() {
        assertThat(holds(Expected.told("204, 409"), new Seen.Told("204, 409"))).isTrue();
        assertThat(holds(Expected.told("204, 409"), new Seen.Told("204, 204"))).isFalse();
        assertThat(holds(Expected.told("204"), answer(204, ""))).isFalse();
    }
}
