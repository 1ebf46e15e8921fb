package io.attested.sms.bench.conformance.report;

import io.attested.sms.bench.conformance.Played;
import io.attested.sms.bench.conformance.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A run as one page that needs nothing from elsewhere: filters by outcome, light and dark, and for paper. */
public final class HtmlReport {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private HtmlReport() {}

    /** The page. */
    public static String of(Report report) {
        return page().replace("@title@", escaped("Conformance of " + report.url()))
                .replace("@facts@", facts(report))
                .replace("@tiles@", tiles(report))
                .replace("@notes@", notes(report))
                .replace("@groups@", groups(report));
    }

    private static String page() {
        try (InputStream page = HtmlReport.class.getResourceAsStream("report.html")) {
            if (page == null) {
                throw new IllegalStateException("report.html is not on the class path");
            }
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String facts(Report report) {
        String seconds = String.format(Locale.ROOT, "%.1f s", report.took().toMillis() / 1000.0);
        return escaped(TIME.format(report.started())) + " · " + report.played().size() + " checks · "
                + report.exchanges() + " exchanges in " + seconds
                + report.scenario()
                        .map(scenario -> " · chain of " + escaped(scenario))
                        .orElse(" · without a chain");
    }

    private static String tiles(Report report) {
        return report.counts().entrySet().stream()
                .map(entry -> {
                    String word = entry.getKey().toLowerCase(Locale.ROOT);
                    return "<button type=\"button\" class=\"tile %s\" data-outcome=\"%s\" aria-pressed=\"true\"><b>%d</b>%s</button>"
                            .formatted(word, word, entry.getValue(), label(word, entry.getValue()));
                })
                .collect(Collectors.joining("\n"));
    }

    private static String label(String word, long count) {
        return switch (word) {
            case "pass" -> "passed";
            case "fail" -> "failed";
            case "deviation" -> count == 1 ? "deviation" : "deviations";
            default -> "skipped";
        };
    }

    private static String notes(Report report) {
        StringBuilder notes = new StringBuilder();
        if (!report.deviations().isEmpty()) {
            notes.append("<p>Deviations seen: ")
                    .append(joined(report.deviations()))
                    .append(". Their reasons are in <code>docs/reference/iexec-compatibility.md</code>.</p>");
        }
        report.skipped()
                .forEach((reason, number) -> notes.append("<p>Skipped ")
                        .append(number)
                        .append(": ")
                        .append(escaped(reason))
                        .append(".</p>"));
        return notes.toString();
    }

    private static String joined(Map<String, Integer> deviations) {
        return deviations.entrySet().stream()
                .map(entry -> "<b>" + escaped(entry.getKey()) + "</b>"
                        + (entry.getValue() == 1 ? "" : " ×" + entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String groups(Report report) {
        return report.groups().entrySet().stream()
                .map(entry -> group(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private static String group(String name, List<Played> played) {
        String rows = played.stream().map(HtmlReport::row).collect(Collectors.joining("\n"));
        return """
                <section>
                <h2 id="%1$s">%1$s <small>%2$d checks</small></h2>
                <table>
                <thead><tr><th>outcome</th><th>check</th><th>§</th><th>the contract says</th><th>expected</th><th>seen</th></tr></thead>
                <tbody>
                %3$s
                </tbody>
                </table>
                </section>""".formatted(escaped(name), played.size(), rows);
    }

    private static String row(Played one) {
        String word = one.verdict().word().toLowerCase(Locale.ROOT);
        String shown = one.verdict() instanceof Verdict.Deviation deviation ? deviation.id() : word;
        return """
                <tr data-outcome="%1$s"><td><span class="badge %1$s">%2$s</span></td><td><a id="%3$s" href="#%3$s">%3$s</a></td>\
                <td>%4$s</td><td>%5$s</td><td>%6$s</td><td class="seen">%7$s</td></tr>""".formatted(
                        word,
                        escaped(shown),
                        escaped(one.check().id()),
                        escaped(one.check().section()),
                        escaped(one.check().statement()),
                        escaped(Report.expected(one)),
                        escaped(Report.seen(one.verdict())));
    }

    /** The text for a page: nothing of it is markup, nothing of it is invisible, and {@code @} begins no placeholder. */
    private static String escaped(String text) {
        return Printable.of(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;")
                .replace("@", "&#64;");
    }
}
