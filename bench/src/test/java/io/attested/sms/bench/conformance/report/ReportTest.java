package io.attested.sms.bench.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.bench.conformance.Check;
import io.attested.sms.bench.conformance.Expected;
import io.attested.sms.bench.conformance.Need;
import io.attested.sms.bench.conformance.Played;
import io.attested.sms.bench.conformance.Seen;
import io.attested.sms.bench.conformance.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {
    private static final String HOSTILE = "<script>alert(1)</script>\u001b[2J\u202e'\"&@title@";

    private static Played played(String id, Verdict verdict) {
        Check check = Check.of(id, "1.2", "A statement of " + id)
                .needs(Need.NOTHING)
                .expects(Expected.status(204))
                .plays(scene -> new Seen.Told("never played"));
        return new Played(check, verdict, Duration.ofMillis(7));
    }

    private static Report report(Verdict... verdicts) {
        List<Played> played = new java.util.ArrayList<>();
        for (Verdict verdict : verdicts) {
            played.add(played("web2-post-%03d".formatted(played.size() + 1), verdict));
        }
        return new Report(
                URI.create("http://localhost:1"),
                Optional.of("scenario.json"),
                Instant.parse("2026-01-02T03:04:05Z"),
                Duration.ofMillis(1500),
                42,
                played);
    }

    private static Report mixed() {
        return report(
                new Verdict.Passed("204, no body"),
                new Verdict.Deviation("D-05", "401, no body"),
                new Verdict.Failed("204", "500, " + HOSTILE),
                new Verdict.Skipped("needs a scenario file (--chain)"));
    }

    private static String terminal(Report report, int width, boolean coloured) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new TerminalReport(new PrintStream(bytes, true, StandardCharsets.UTF_8), width, coloured).print(report);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void onlyAFailureIsAFailure() {
        assertThat(mixed().kept()).isFalse();
        assertThat(report(new Verdict.Passed(""), new Verdict.Deviation("D-01", ""), new Verdict.Skipped(""))
                        .kept())
                .isTrue();
        assertThat(mixed().counts())
                .containsExactly(
                        java.util.Map.entry("pass", 1L),
                        java.util.Map.entry("deviation", 1L),
                        java.util.Map.entry("FAIL", 1L),
                        java.util.Map.entry("skipped", 1L));
    }

    @Test
    void terminalShowsEveryCheckAndExplainsFailures() {
        String text = terminal(mixed(), 120, false);
        assertThat(text)
                .contains("pass     web2-post-001")
                .contains("D-05     web2-post-002")
                .contains("FAIL     web2-post-003")
                .contains("skipped  web2-post-004")
                .contains("  says      A statement of web2-post-003")
                .contains("4 checks: 1 passed, 1 deviations, 1 failed, 1 skipped")
                .contains("skipped     1: needs a scenario file (--chain)");
        assertThat(text.lines().filter(line -> line.startsWith("pass") || line.startsWith("D-05")))
                .allMatch(line -> line.length() <= 120);
    }

    @Test
    void narrowTerminalGetsLinesOfEightyColumns() {
        assertThat(terminal(mixed(), 40, false).lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void terminalGetsNoControlCharactersOfOthers() {
        assertThat(terminal(mixed(), 400, false)).doesNotContain("\u001b").doesNotContain("\u202e");
        assertThat(terminal(mixed(), 400, true)).contains("\u001b[1;31m").doesNotContain("\u001b[2J");
    }

    @Test
    void pageHoldsNoMarkupOfOthers() {
        String page = HtmlReport.of(mixed());
        assertThat(page)
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("<script>alert")
                .doesNotContain("\u001b")
                .contains("&#64;title&#64;")
                .contains("data-outcome=\"fail\"")
                .contains("<b>D-05</b>");
        assertThat(page).doesNotContainPattern("(src|href)=\"(?!#)");
        assertThat(page).doesNotContainPattern("@[a-z]+@");
    }

    @Test
    void documentHasEveryMember() {
        JsonNode document = JsonMapper.shared().readTree(JsonReport.of(mixed()));
        assertThat(document.path("format").asString()).isEqualTo("sms-conformance/1");
        assertThat(document.path("counts").path("fail").intValue()).isEqualTo(1);
        assertThat(document.path("deviations").path("D-05").intValue()).isEqualTo(1);
        assertThat(document.path("checks")).hasSize(4);
        assertThat(document.path("checks").get(1).path("deviation").asString()).isEqualTo("D-05");
        assertThat(document.path("checks").get(2).path("seen").asString()).isEqualTo("500, " + HOSTILE);
        assertThat(document.path("checks").get(3).path("reason").asString()).contains("--chain");
        assertThat(document.path("checks").get(3).has("seen")).isFalse();
    }
}
