package io.attested.sms.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The run of a minute, with every check of the run of ten. */
class ChainSoakLongTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void everyDecisionOfAMinuteIsWhatTheChainSays() {
        int code = ChainSoak.run(new PrintStream(written, true, StandardCharsets.UTF_8), "--seconds", "60");
        String report = written.toString(StandardCharsets.UTF_8);
        assertThat(report.lines().toList().getLast())
                .as(report)
                .startsWith("passed: ")
                .contains(" 0 disagreements");
        assertThat(code).isZero();
    }
}
