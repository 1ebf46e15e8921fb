package io.attested.sms.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The run of a minute. Everything that makes a longer run pass is judged, except how much was decided and how often no
 * node could answer: that depends on what else the machine does.
 */
class ChainSoakLongTest {
    private static final Pattern LAST_LINE = Pattern.compile(
            "(?:passed|failed): (\\d+) decisions \\(at least \\d+\\), (\\d+) of them grants, (\\d+) compared with the chain,"
                    + " (\\d+) disagreements, heap x([0-9.]+)");

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void everyDecisionOfAMinuteIsWhatTheChainSays() {
        ChainSoak.run(new PrintStream(written, true, StandardCharsets.UTF_8), "--seconds", "60");
        String report = written.toString(StandardCharsets.UTF_8);
        Matcher last = LAST_LINE.matcher(report.lines().toList().getLast());
        assertThat(last.matches()).as(report).isTrue();
        long decisions = Long.parseLong(last.group(1));
        assertThat(decisions).as(report).isGreaterThan(50);
        assertThat(Long.parseLong(last.group(2))).as(report).isPositive();
        assertThat(Long.parseLong(last.group(3))).as(report).isEqualTo(decisions);
        assertThat(Long.parseLong(last.group(4))).as(report).isZero();
        assertThat(Double.parseDouble(last.group(5))).as(report).isLessThanOrEqualTo(SoakReport.MOST_GROWTH);
    }
}
