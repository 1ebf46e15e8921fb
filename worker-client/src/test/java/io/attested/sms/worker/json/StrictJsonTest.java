package io.attested.sms.worker.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
    @Test
    void membersAreReadByType() throws MalformedJsonException {
        StrictJson json = parse("{\"a\":\"text\",\"b\":7,\"c\":{\"x\":\"y\"}}");
        assertThat(json.text("a")).isEqualTo("text");
        assertThat(json.number("b")).isEqualTo(7);
        assertThat(json.textMap("c")).containsEntry("x", "y");
        assertThat(json.optionalText("d")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"a\"",
                "{",
                "{\"a\":1,}",
                "{\"a\":\"s3cret\",\"a\":\"s3cret\"}",
                "{\"unknown\":\"s3cret\"}",
                "{\"a\":\"s3cret\"}{}",
                "{'a':\"s3cret\"}",
                "{\"a\":s3cret}"
            })
    void parseWhenMalformedThenRefusedWithoutQuotingTheInput(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageNotContaining("s3cret")
                .hasNoCause();
    }

    @Test
    void parseWhenNestedTooDeeplyThenRefused() {
        assertThatThrownBy(() -> parse("{\"a\":" + "[".repeat(1000) + "]".repeat(1000) + "}"))
                .isInstanceOf(MalformedJsonException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1", "true", "[]", "{}"})
    void textWhenAnotherTypeThenRefused(String value) {
        assertThatThrownBy(() -> parse("{\"a\":" + value + "}").text("a")).isInstanceOf(MalformedJsonException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"1\"", "1.0", "1e3", "-1", "9223372036854775808"})
    void numberWhenNotAWholeNumberInRangeThenRefused(String value) {
        assertThatThrownBy(() -> parse("{\"b\":" + value + "}").number("b")).isInstanceOf(MalformedJsonException.class);
    }

    private static StrictJson parse(String text) throws MalformedJsonException {
        return StrictJson.parse("the test", text.getBytes(StandardCharsets.UTF_8), Set.of("a", "b", "c", "d"));
    }
}
