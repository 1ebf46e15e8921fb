package io.attested.sms.bench.quote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The runner runs; how fast anything is, no test judges. */
class QuoteBenchTest {
    private static final String[] TINY = {"--turns", "2", "--round-millis", "1", "--warm-up-millis", "0"};

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void everyContenderIsInTheTable() {
        assertThat(run(TINY)).isBetween(0, 1);
        assertThat(text())
                .contains("machine  ", "npm @phala/dcap-qvl 0.3.9", "nothing known", "quoting enclave known")
                .containsPattern("(Every target holds|A target is missed)\\.");
    }

    @Test
    void theJsonSaysTheSameAsTheExitCode() {
        int code = run(with("--json"));
        JsonNode report = JsonMapper.shared().readTree(text());
        assertThat(code).isEqualTo(report.get("holds").booleanValue() ? 0 : 1);
        assertThat(report.get("contenders").size()).isIn(4, 7);
        assertThat(report.get("contenders").values())
                .allSatisfy(
                        row -> assertThat(row.get("cpuMicros").doubleValue()).isPositive());
    }

    @Test
    void aMissingVectorIsToldNotMeasured(@TempDir Path empty) {
        assertThat(run(with("--vector", empty.toString()))).isEqualTo(4);
        assertThat(text()).isEmpty();
    }

    @Test
    void aWrongOptionIsAWrongCommandLine() {
        assertThat(run("--turns", "0")).isEqualTo(2);
        assertThat(run("--nonsense")).isEqualTo(2);
    }

    @Test
    void ratiosCompareTheRoundsOfOneTurn() {
        Measurement peer = new Measurement("node", "peer", rounds(1000, 4000, 2000), 0);
        Measurement ours = new Measurement("native", "ours", rounds(100, 400, 100), 10);
        assertThat(ours.ratioTo(peer)).isEqualTo(10);
        assertThat(ours.holds(peer)).isTrue();
        assertThat(new Measurement("native", "ours", rounds(101, 401, 201), 10).holds(peer))
                .isFalse();
    }

    private static List<Contender.Round> rounds(long... cpuMicros) {
        return Arrays.stream(cpuMicros)
                .mapToObj(micros -> new Contender.Round(1, micros * 2000, micros * 1000))
                .toList();
    }

    private int run(String... arguments) {
        return QuoteBench.run(new PrintStream(written, true, StandardCharsets.UTF_8), arguments);
    }

    private static String[] with(String... more) {
        String[] all = Arrays.copyOf(TINY, TINY.length + more.length);
        System.arraycopy(more, 0, all, TINY.length, more.length);
        return all;
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }
}
