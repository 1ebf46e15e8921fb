package io.attested.sms.worker.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandWordsTest {
    static Stream<Arguments> accepted() {
        return Stream.of(
                Arguments.of("", List.of()),
                Arguments.of("  \t\n ", List.of()),
                Arguments.of("a  b\tc\n", List.of("a", "b", "c")),
                Arguments.of("'a b' \"c d\"", List.of("a b", "c d")),
                Arguments.of("a'b c'\"d e\"f", List.of("ab cd ef")),
                Arguments.of("'' \"\"", List.of("", "")),
                Arguments.of("a\\ b \\' \\\\", List.of("a b", "'", "\\")),
                Arguments.of("\"a\\\"b\\\\c\\n\"", List.of("a\"b\\c\\n")),
                Arguments.of("'a\\b'", List.of("a\\b")),
                Arguments.of(
                        "$HOME `id` $(id) ; & | > * ~",
                        List.of("$HOME", "`id`", "$(id)", ";", "&", "|", ">", "*", "~")));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void splitKeepsWhatAShellWouldExpand(String text, List<String> words) {
        assertThat(CommandWords.split(text)).contains(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'", "\"", "a 'b", "a \"b\\\"", "a\\", "a\0b"})
    void splitWhenSomethingIsLeftOpenThenNothing(String text) {
        assertThat(CommandWords.split(text)).isEmpty();
    }
}
