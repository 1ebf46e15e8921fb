package io.attested.sms.bench.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The runner runs and no change of an owner is lost; how fast anything is, no test judges. */
class ChainFollowTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void everyPhaseIsInTheReport() {
        assertThat(run("--blocks", "400", "--new-blocks", "30", "--span", "90", "--json"))
                .isZero();
        JsonNode report = JsonMapper.shared().readTree(written.toString(StandardCharsets.UTF_8));
        assertThat(report.get("machine").get("cores").asInt()).isPositive();
        assertThat(report.get("phases").values())
                .extracting(phase -> phase.get("blocks").asInt())
                .containsExactly(400, 30, 30);
        assertThat(report.get("phases").values()).allSatisfy(phase -> {
            assertThat(phase.get("blocksPerSecond").doubleValue()).isPositive();
            assertThat(phase.get("heapBytes").longValue()).isPositive();
        });
    }

    @Test
    void aWrongOptionIsAWrongCommandLine() {
        assertThat(run("--blocks", "0")).isEqualTo(2);
        assertThat(run("--nonsense")).isEqualTo(2);
    }

    private int run(String... arguments) {
        return ChainFollow.run(new PrintStream(written, true, StandardCharsets.UTF_8), arguments);
    }
}
