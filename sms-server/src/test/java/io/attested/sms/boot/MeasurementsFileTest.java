package io.attested.sms.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.grant.TdxBaseImage;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MeasurementsFileTest {
    private static final String IMAGE = "{\"name\":\"ubuntu-24.04 8 CPUs\",\"pipelineVersions\":[\"v5.9\",\"v6.0\"],"
            + "\"mrTd\":\"" + "01".repeat(48) + "\",\"rtmr0\":\"" + "02".repeat(48) + "\",\"rtmr1\":\""
            + "03".repeat(48) + "\",\"rtmr2\":\"" + "04".repeat(48)
            + "\",\"tdAttributes\":\"0000001000000000\",\"xfam\":\"e702060000000000\"}";
    private static final String FILE = "{\"format\":\"sms-measurements/1\",\"tdxBaseImages\":[" + IMAGE + "]}\n";

    @Test
    void readsABaseImage() {
        MeasurementsFile file = parse(FILE);
        assertThat(file.baseImages()).hasSize(1);
        TdxBaseImage image = file.baseImages().getFirst();
        assertThat(image.name()).isEqualTo("ubuntu-24.04 8 CPUs");
        assertThat(image.pipelineVersions()).containsExactlyInAnyOrder("v5.9", "v6.0");
        assertThat(image.mrTd().hex()).isEqualTo("01".repeat(48));
        assertThat(image.rtmrs()).extracting(register -> register.unsigned(0)).containsExactly(2, 3, 4);
        assertThat(image.launch().tdAttributes().hex()).isEqualTo("0000001000000000");
        assertThat(image.launch().xfam().hex()).isEqualTo("e702060000000000");
        assertThat(image.launch().mrConfigId().isZero()).isTrue();
        assertThat(image.launch().mrOwner().isZero()).isTrue();
        assertThat(image.launch().mrOwnerConfig().isZero()).isTrue();
    }

    @Test
    void whatTheHostSetsMayBeListed() {
        MeasurementsFile file = parse(FILE.replace("\"xfam\"", "\"mrOwner\":\"" + "05".repeat(48) + "\",\"xfam\""));
        assertThat(file.baseImages().getFirst().launch().mrOwner().hex()).isEqualTo("05".repeat(48));
    }

    @Test
    void digestIsOfTheBytesAsTheyAre() {
        assertThat(parse(FILE).digest()).isNotEqualTo(parse(FILE + "\n").digest());
        assertThat(MeasurementsFile.none().digest())
                .hasToString("0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(MeasurementsFile.none().baseImages()).isEmpty();
    }

    @Test
    void anEmptyListIsAFile() {
        assertThat(parse("{\"format\":\"sms-measurements/1\",\"tdxBaseImages\":[]}")
                        .baseImages())
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenFiles")
    void whatBreaksARuleRefusesTheStart(String what, String file, String complaint) {
        assertThatThrownBy(() -> parse(file))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("sms.measurements.file")
                .hasMessageContaining(complaint);
    }

    static Stream<Arguments> brokenFiles() {
        return Stream.of(
                broken("empty", "", "JSON object"),
                broken("no object", "[]", "JSON object"),
                broken("text after", FILE + "{}", "well-formed"),
                broken("deep", "[".repeat(2000), "well-formed"),
                broken("repeated member", FILE.replace("{\"name\"", "{\"name\":\"x\",\"name\""), "repeated"),
                changed("another format", "measurements/1", "measurements/2", "another format"),
                changed("unknown member of the file", "\"format\"", "\"more\":1,\"format\"", "unknown member"),
                changed("unknown member of an image", "\"xfam\"", "\"rtmr3\":\"00\",\"xfam\"", "unknown member"),
                changed("missing member", ",\"xfam\":\"e702060000000000\"", "", "lacks a member"),
                changed("no array", "\"tdxBaseImages\":[", "\"tdxBaseImages\":{\"x\":[", "well-formed"),
                changed("a name twice", IMAGE, IMAGE + "," + IMAGE, "twice"),
                changed("blank name", "ubuntu-24.04 8 CPUs", " ", "not empty"),
                changed("long name", "ubuntu-24.04 8 CPUs", "x".repeat(65), "1 to 64"),
                changed("no version", "[\"v5.9\",\"v6.0\"]", "[]", "at least one"),
                changed("a version twice", "v6.0", "v5.9", "once"),
                changed("version a number", "\"v6.0\"", "6", "texts"),
                changed("short MRTD", "01".repeat(48), "01".repeat(47), "mrTd"),
                changed("zero MRTD", "01".repeat(48), "00".repeat(48), "mrTd"),
                changed("zero RTMR1", "03".repeat(48), "00".repeat(48), "rtmr1"),
                changed("upper case", "01".repeat(48), "AB".repeat(48), "lower-case hex"),
                changed("0x", "\"" + "02".repeat(48), "\"0x" + "02".repeat(47), "lower-case hex"),
                changed("number for hex", "\"e702060000000000\"", "7", "xfam"),
                changed("debug", "0000001000000000", "0100001000000000", "debug"),
                changed("reserved debug bit", "0000001000000000", "8000001000000000", "debug"),
                changed("SEPT_VE_DISABLE not set", "0000001000000000", "0000000000000000", "SEPT_VE_DISABLE"),
                changed("MIGRATABLE", "0000001000000000", "0000003000000000", "MIGRATABLE"),
                changed("short attributes", "0000001000000000", "00000010", "8 bytes"),
                changed("short XFAM", "e702060000000000", "e702", "8 bytes"));
    }

    private static Arguments changed(String what, String target, String replacement, String complaint) {
        assertThat(FILE).contains(target);
        return broken(what, FILE.replace(target, replacement), complaint);
    }

    private static Arguments broken(String what, String file, String complaint) {
        return Arguments.of(what, file, complaint);
    }

    private static MeasurementsFile parse(String file) {
        return MeasurementsFile.parse(file.getBytes(StandardCharsets.UTF_8));
    }
}
