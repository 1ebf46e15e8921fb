package io.attested.sms.task.ipfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of content that everybody who uses IPFS knows. */
class CidTest {
    private static final String HELLO = "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e";

    @ParameterizedTest
    @CsvSource({
        "'', QmbFMke1KXqnYyBBWxB74N4c5SBnJMVAiMNRcGu6x1AwQH",
        "hello world, Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyfD"
    })
    void blockOfASmallFileHasTheCidThatIpfsAddGives(String content, String cid) {
        byte[] block = UnixFsNode.single(content.getBytes(StandardCharsets.UTF_8), true);

        assertThat(Cid.of(0, Cid.Codec.DAG_PB, block)).hasToString(cid);
        assertThat(Cid.parse(cid)).hasValueSatisfying(parsed -> {
            assertThat(parsed.names(block)).isTrue();
            assertThat(parsed.names(content.getBytes(StandardCharsets.UTF_8))).isFalse();
            assertThat(Cid.ofBytes(parsed.bytes())).contains(parsed);
        });
    }

    @Test
    void rawBlockHasTheCidOfItsBytes() {
        byte[] block = "hello world".getBytes(StandardCharsets.UTF_8);

        assertThat(Cid.of(1, Cid.Codec.RAW, block)).hasToString(HELLO);
        assertThat(Cid.parse(HELLO)).hasValueSatisfying(parsed -> {
            assertThat(parsed.codec()).isEqualTo(Cid.Codec.RAW);
            assertThat(parsed.names(block)).isTrue();
            assertThat(parsed).hasToString(HELLO);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "b",
                "Qm",
                "Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyf",
                "Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyfDD",
                "Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyf0",
                "BAFKREIFZJUT3TE7NHYEKKLSS27NH3K72YSCO7Y32KOAO5EEI66WOF36N5E",
                "afkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e",
                "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5",
                "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5f",
                "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5ea",
                "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e/../x",
                "zb2rhj7crUKTQYRGCRATFaQ6YFLTde2YzdqbbhAASkL9uRDXn",
                "f01551220b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9"
            })
    void parseWhenTextIsAnythingElseThenNothing(String text) {
        assertThat(Cid.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1220",
                "1220" + "00000000000000000000000000000000000000000000000000000000000000",
                "1320" + "0000000000000000000000000000000000000000000000000000000000000000",
                "021220",
                "01711220" + "0000000000000000000000000000000000000000000000000000000000000000",
                "01551220" + "000000000000000000000000000000000000000000000000000000000000000000",
                "0155121f" + "0000000000000000000000000000000000000000000000000000000000000000",
                "01550020" + "0000000000000000000000000000000000000000000000000000000000000000",
                "02551220" + "0000000000000000000000000000000000000000000000000000000000000000"
            })
    void ofBytesWhenBytesAreAnythingElseThenNothing(String hex) {
        assertThat(Cid.ofBytes(HexFormat.of().parseHex(hex))).isEmpty();
    }
}
