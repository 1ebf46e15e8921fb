package io.attested.sms.chain.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RlpTest {
    private static final int DEPTH = 4;
    private static final String SIXTEEN = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private static final String EMPTY = "80808080808080808080808080808080";

    @ParameterizedTest
    @CsvSource({"00, 00", "7f, 7f", "80, ''", "8180, 80", "820400, 0400", "83646f67, 646f67"})
    void aStringGivesItsBytes(String encoded, String value) throws Rlp.Malformed {
        assertThat(read(encoded))
                .isInstanceOfSatisfying(
                        Rlp.Text.class,
                        text -> assertThat(text.value())
                                .isEqualTo(HexFormat.of().parseHex(value)));
    }

    @Test
    void aStringOf56BytesHasTheLongPrefix() throws Rlp.Malformed {
        assertThat(read("b7" + "aa".repeat(55))).isInstanceOf(Rlp.Text.class);
        assertThat(read("b838" + "aa".repeat(56)))
                .isInstanceOfSatisfying(
                        Rlp.Text.class, text -> assertThat(text.value()).hasSize(56));
        assertThatThrownBy(() -> read("b837" + "aa".repeat(55))).hasMessage("a short RLP value has a long prefix");
    }

    @Test
    void aListGivesItsMembersAndItsOwnBytes() throws Rlp.Malformed {
        Rlp.Sequence outer = (Rlp.Sequence) read("c7c0c1c0c3c0c1c0");

        assertThat(outer.items()).hasSize(3);
        assertThat(outer.encoded()).isEqualTo(HexFormat.of().parseHex("c7c0c1c0c3c0c1c0"));
        assertThat(((Rlp.Sequence) outer.items().getLast()).encoded())
                .isEqualTo(HexFormat.of().parseHex("c3c0c1c0"));
        assertThat(((Rlp.Sequence) read("f838" + "80".repeat(56))).items()).hasSize(56);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing
                "8100", // a byte that is its own encoding
                "817f",
                "81", // cut short
                "83aabb",
                "b8", // no length
                "b800", // leading zero of the length
                "b90038" + SIXTEEN + SIXTEEN + SIXTEEN + "aaaaaaaaaaaaaaaa", // the same, all else right
                "f90038" + EMPTY + EMPTY + EMPTY + "8080808080808080",
                "b837", // short content in the long form
                "b838", // content missing
                "bfffffffffffffffff", // a length of 64 bits
                "bbffffffff", // a length that is negative as an int
                "bb7fffffff", // the largest int
                "fbffffffff",
                "f800",
                "f80100",
                "c1", // a list cut short
                "c18180", // a member that runs out of its list
                "c281", // the same
                "8080", // two values
                "c000"
            })
    void anythingElseIsRefused(String encoded) {
        assertThatThrownBy(() -> read(encoded)).isInstanceOf(Rlp.Malformed.class);
    }

    @Test
    void listsNestNoDeeperThanTold() throws Rlp.Malformed {
        assertThat(Rlp.read(nested(DEPTH), DEPTH)).isInstanceOf(Rlp.Sequence.class);
        assertThatThrownBy(() -> Rlp.read(nested(DEPTH + 1), DEPTH)).hasMessage("RLP lists nest too deep");
        assertThatThrownBy(() -> Rlp.read(new byte[] {(byte) 0xc0}, 0)).hasMessage("RLP lists nest too deep");
        assertThat(Rlp.read(new byte[] {1}, 0)).isInstanceOf(Rlp.Text.class);
    }

    @Test
    void noLengthMakesTheReaderAllocateMoreThanTheInput() {
        for (String prefix : List.of("ba7fffff", "bb7fffffff", "fa7fffff", "fb7fffffff", "bfffffffffffffffff")) {
            assertThatThrownBy(() -> read(prefix)).hasMessage("an RLP length runs past the end");
        }
    }

    private static byte[] nested(int depth) {
        byte[] encoded = new byte[depth];
        for (int i = 0; i < depth; i++) {
            encoded[i] = (byte) (0xc0 + depth - 1 - i);
        }
        return encoded;
    }

    private static Rlp.Item read(String hex) throws Rlp.Malformed {
        return Rlp.read(HexFormat.of().parseHex(hex), DEPTH);
    }
}
