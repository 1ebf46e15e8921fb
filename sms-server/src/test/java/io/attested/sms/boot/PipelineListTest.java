package io.attested.sms.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.grant.ServedVersions;
import io.attested.sms.task.Pipeline;
import io.attested.sms.task.Pipelines;
import io.attested.sms.task.TeeFramework;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The member {@code pipelines} of the measurements file. */
class PipelineListTest {
    private static final String STAGE = "{\"image\":\"iexechub/tee-worker-pre-compute:9.0\",\"fingerprint\":\""
            + "a1".repeat(32) + "\",\"entrypoint\":\"java -jar /app/app.jar\",\"heapSizeInBytes\":6442450944}";
    private static final String SCONE = "{\"framework\":\"SCONE\",\"version\":\"v5.9\",\"preCompute\":" + STAGE
            + ",\"postCompute\":" + STAGE.replace("pre-compute", "post-compute")
            + ",\"lasImage\":\"sconecuratedimages/las:5.9\"}";
    private static final String GRAMINE = SCONE.replace("SCONE", "GRAMINE")
            .replace(",\"lasImage\":\"sconecuratedimages/las:5.9\"", "")
            .replace("java -jar /app/app.jar", "");

    @Test
    void aFileWithoutTheMemberListsNone() {
        assertThat(parse("{\"format\":\"sms-measurements/1\",\"tdxBaseImages\":[]}")
                        .all())
                .isEmpty();
        assertThat(list("").all()).isEmpty();
    }

    @Test
    void readsEachFrameworksPipelineInOrder() {
        Pipelines pipelines = list(SCONE + "," + GRAMINE + "," + tdx("0x" + "a1".repeat(32)));
        assertThat(pipelines.all())
                .extracting(Pipeline::framework)
                .containsExactly(TeeFramework.SCONE, TeeFramework.GRAMINE, TeeFramework.TDX);
        Pipeline scone = pipelines.of(TeeFramework.SCONE, "v5.9").orElseThrow();
        assertThat(scone.lasImage()).isEqualTo("sconecuratedimages/las:5.9");
        assertThat(scone.preCompute())
                .isEqualTo(new Pipeline.StageImage(
                        "iexechub/tee-worker-pre-compute:9.0",
                        "a1".repeat(32),
                        "java -jar /app/app.jar",
                        6_442_450_944L));
        assertThat(scone.postCompute().image()).isEqualTo("iexechub/tee-worker-post-compute:9.0");
        assertThat(pipelines.first(TeeFramework.TDX).orElseThrow().preCompute().fingerprint())
                .isEqualTo("0x" + "a1".repeat(32));
        assertThat(pipelines.of(TeeFramework.SCONE, "v5.8")).isEmpty();
    }

    @Test
    void oneVersionMayBeOfSeveralFrameworksAndOneFrameworkMayHaveSeveral() {
        assertThat(list(SCONE + "," + SCONE.replace("v5.9", "v6.0") + "," + GRAMINE)
                        .all())
                .hasSize(3);
    }

    @Test
    void aListedVersionIsServedToItsOwnFrameworkOnly() {
        ServedVersions versions = ServedVersions.of(Set.of("v1"), list(SCONE + "," + tdx("a1".repeat(32))));
        assertThat(versions.of(TeeFramework.SCONE)).containsExactlyInAnyOrder("v1", "v5.9");
        assertThat(versions.of(TeeFramework.GRAMINE)).containsExactly("v1");
        assertThat(versions.of(TeeFramework.TDX)).containsExactlyInAnyOrder("v1", "v5.9");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenLists")
    void whatBreaksARuleRefusesTheStart(String what, String pipelines, String complaint) {
        assertThatThrownBy(() -> list(pipelines))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("sms.measurements.file")
                .hasMessageContaining(complaint);
    }

    static Stream<Arguments> brokenLists() {
        return Stream.of(
                Arguments.of("a version twice", SCONE + "," + SCONE, "share the version v5.9"),
                Arguments.of(
                        "two of TDX",
                        tdx("a1".repeat(32)) + "," + tdx("a1".repeat(32)).replace("v5.9", "v6"),
                        "more than one pipeline of TDX"),
                Arguments.of("too many", (SCONE + ",").repeat(PipelineList.MOST) + SCONE, "at most 64"),
                Arguments.of("no object", "1", "framework"),
                changed("unknown framework", "\"SCONE\"", "\"SEV\"", "SCONE, GRAMINE or TDX"),
                changed("framework in lower case", "\"SCONE\"", "\"scone\"", "SCONE, GRAMINE or TDX"),
                changed("no framework", "\"framework\":\"SCONE\",", "", "SCONE, GRAMINE or TDX"),
                changed("blank version", "\"v5.9\"", "\" \"", "version is not empty"),
                changed("long version", "v5.9", "v".repeat(65), "version is a text"),
                changed("version a number", "\"v5.9\"", "5", "version is a text"),
                changed("unknown member", "\"version\"", "\"more\":1,\"version\"", "exactly the members"),
                changed("no LAS image", ",\"lasImage\":\"sconecuratedimages/las:5.9\"", "", "exactly the members"),
                changed("blank LAS image", "sconecuratedimages/las:5.9", "", "lasImage is not empty"),
                changed("stage a text", "\"preCompute\":" + STAGE, "\"preCompute\":\"x\"", "preCompute has exactly"),
                changed(
                        "stage without image",
                        "\"image\":\"iexechub/tee-worker-pre-compute:9.0\",",
                        "",
                        "preCompute has"),
                changed("blank image", "iexechub/tee-worker-pre-compute:9.0", "", "image is not empty"),
                changed("long image", "iexechub/tee-worker-pre-compute:9.0", "i".repeat(513), "image is a text"),
                changed("control character", "java -jar", "java\\n-jar", "control characters"),
                changed("NUL", "java -jar", "java\\u0000-jar", "control characters"),
                changed("SCONE without entrypoint", "java -jar /app/app.jar", "", "entrypoint is not empty"),
                changed("short fingerprint", "a1".repeat(32), "a1".repeat(31), "64 lower-case"),
                changed("long fingerprint", "a1".repeat(32), "a1".repeat(33), "64 lower-case"),
                changed("fingerprint in upper case", "a1".repeat(32), "A1".repeat(32), "64 lower-case"),
                changed("enclave with 0x", "a1".repeat(32), "0x" + "a1".repeat(32), "64 lower-case"),
                changed("no heap", "6442450944", "0", "heapSizeInBytes"),
                changed("negative heap", "6442450944", "-1", "heapSizeInBytes"),
                changed("heap a text", "6442450944", "\"6442450944\"", "heapSizeInBytes"),
                changed("heap with a fraction", "6442450944", "1.5", "heapSizeInBytes"),
                changed("heap of 2^64", "6442450944", "18446744073709551616", "heapSizeInBytes"),
                Arguments.of(
                        "LAS image of Gramine",
                        GRAMINE.replace("\"version\"", "\"lasImage\":\"x\",\"version\""),
                        "exactly the members"),
                Arguments.of("TDX without checksum", tdx(""), "fingerprint is not empty"));
    }

    private static String tdx(String fingerprint) {
        return GRAMINE.replace("GRAMINE", "TDX")
                .replace("a1".repeat(32), fingerprint)
                .replace("6442450944", "0");
    }

    private static Arguments changed(String what, String target, String replacement, String complaint) {
        assertThat(SCONE).contains(target);
        return Arguments.of(what, SCONE.replace(target, replacement), complaint);
    }

    private static Pipelines list(String pipelines) {
        return parse("{\"format\":\"sms-measurements/1\",\"tdxBaseImages\":[],\"pipelines\":[" + pipelines + "]}");
    }

    private static Pipelines parse(String file) {
        return MeasurementsFile.parse(file.getBytes(StandardCharsets.UTF_8)).pipelines();
    }
}
