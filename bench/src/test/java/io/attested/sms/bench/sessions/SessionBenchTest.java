package io.attested.sms.bench.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The runner runs and every request gets its session; how fast anything is, no test judges. */
class SessionBenchTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void everyWindowIsInTheReportAndNoRequestFails() {
        assertThat(run(
                        "--seconds",
                        "1",
                        "--warm-up",
                        "0",
                        "--tasks",
                        "40",
                        "--delays",
                        "20",
                        "--connections",
                        "4",
                        "--json"))
                .isZero();
        JsonNode report = JsonMapper.shared().readTree(written.toString(StandardCharsets.UTF_8));
        assertThat(report.get("machine").get("cores").asInt()).isPositive();
        assertThat(report.get("windows").values())
                .extracting(window -> window.get("publisher").asString() + " "
                        + window.get("task").asString())
                .containsExactly("native new", "native known", "scone new", "scone known");
        assertThat(report.get("windows").values()).allSatisfy(window -> {
            assertThat(window.get("requests").asInt()).isPositive();
            assertThat(window.get("failures").asInt()).isZero();
            assertThat(window.get("p99Millis").doubleValue())
                    .isGreaterThanOrEqualTo(window.get("p50Millis").doubleValue());
        });
        assertThat(report.get("windows").get(0).get("p50Millis").doubleValue())
                .as("a new task has to be read from a node 20 ms away")
                .isGreaterThan(20);
    }

    @Test
    void aWrongOptionIsAWrongCommandLine() {
        assertThat(run("--seconds", "0")).isEqualTo(2);
        assertThat(run("--connections", "0")).isEqualTo(2);
        assertThat(run("--publishers", "gramine")).isEqualTo(2);
        assertThat(run("--nonsense")).isEqualTo(2);
    }

    private int run(String... arguments) {
        return SessionBench.run(new PrintStream(written, true, StandardCharsets.UTF_8), arguments);
    }
}
