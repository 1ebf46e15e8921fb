package io.attested.sms.bench.conformance.report;

import io.attested.sms.bench.conformance.Check;
import io.attested.sms.bench.conformance.Played;
import io.attested.sms.bench.conformance.Verdict;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A run as a table of fixed width: a line for each check, everything about the failures below. */
public final class TerminalReport {
    /** Narrower terminals get lines that wrap. */
    public static final int NARROWEST = 80;

    private static final int OUTCOME = 7;
    private static final int SECTION = 4;
    private static final int LABEL = 12;
    private static final String GAP = "  ";
    private static final String ELLIPSIS = "…";

    private final PrintStream out;
    private final int width;
    private final boolean coloured;

    /**
     * @param width columns
     * @param coloured whether the terminal understands colours
     */
    public TerminalReport(PrintStream out, int width, boolean coloured) {
        this.out = out;
        this.width = Math.max(NARROWEST, width);
        this.coloured = coloured;
    }

    /** The list of checks, one a line: id, section, statement. */
    public void list(List<Check> checks) {
        int id = checks.stream().mapToInt(check -> check.id().length()).max().orElse(0);
        checks.forEach(check ->
                out.println(padded(check.id(), id) + GAP + padded(check.section(), SECTION) + GAP + check.statement()));
    }

    /** The whole run. */
    public void print(Report report) {
        out.println(bold("Conformance of " + Printable.of(report.url().toString())));
        report.scenario().ifPresent(scenario -> out.println("with the chain of " + Printable.of(scenario)));
        report.groups().forEach(this::group);
        failures(report);
        closing(report);
    }

    /** Ids take what the group's longest needs, the rest is shared. */
    private void group(String name, List<Played> played) {
        int id =
                played.stream().mapToInt(one -> one.check().id().length()).max().orElse(0);
        int rest = width - OUTCOME - id - SECTION - 4 * GAP.length();
        int expected = rest / 2;
        out.println();
        out.println(bold(name) + GAP + dim(summary(played)));
        out.println(dim(line("outcome", id, "check", "§", "expected", expected, "seen")));
        played.forEach(one -> out.println(row(one, id, expected, rest - expected)));
    }

    private static String summary(List<Played> played) {
        return played.stream()
                .collect(Collectors.groupingBy(
                        one -> one.verdict().word(), java.util.TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    private String row(Played one, int id, int expected, int seen) {
        String text = line(
                outcome(one.verdict()),
                id,
                one.check().id(),
                one.check().section(),
                cut(Report.expected(one), expected),
                expected,
                cut(Printable.of(Report.seen(one.verdict())), seen));
        return colour(one.verdict(), text.substring(0, OUTCOME)) + text.substring(OUTCOME);
    }

    private static String line(
            String outcome, int id, String check, String section, String expected, int width, String seen) {
        return padded(outcome, OUTCOME)
                + GAP
                + padded(check, id)
                + GAP
                + padded(section, SECTION)
                + GAP
                + padded(expected, width)
                + GAP
                + seen;
    }

    private static String outcome(Verdict verdict) {
        return verdict instanceof Verdict.Deviation deviation ? deviation.id() : verdict.word();
    }

    private void failures(Report report) {
        List<Played> failed = report.played().stream()
                .filter(one -> one.verdict() instanceof Verdict.Failed)
                .toList();
        if (failed.isEmpty()) {
            return;
        }
        out.println();
        out.println(bold("What failed"));
        for (Played one : failed) {
            out.println();
            out.println(colour(one.verdict(), one.check().id()) + GAP + "contract section "
                    + one.check().section());
            labelled("  says", one.check().statement());
            labelled("  expected", Report.expected(one));
            labelled("  seen", Printable.of(Report.seen(one.verdict())));
        }
    }

    private void closing(Report report) {
        Map<String, Long> counts = report.counts();
        out.println();
        out.println(bold(report.played().size() + " checks: ")
                + counts.get("pass") + " passed, "
                + counts.get("deviation") + " deviations, "
                + counts.get("FAIL") + " failed, "
                + counts.get("skipped") + " skipped");
        if (!report.deviations().isEmpty()) {
            labelled(
                    "deviations",
                    times(report.deviations()) + "; docs/reference/iexec-compatibility.md has the reasons");
        }
        report.skipped().forEach((reason, number) -> labelled("skipped", number + ": " + Printable.of(reason)));
        out.println(dim(String.format(
                Locale.ROOT,
                "%d exchanges in %.1f s",
                report.exchanges(),
                report.took().toMillis() / 1000.0)));
    }

    /** Words after a label, on as many lines as they need. */
    private void labelled(String label, String text) {
        StringBuilder line = new StringBuilder(padded(label, LABEL));
        for (String word : text.split(" ")) {
            if (line.length() > LABEL && line.length() + 1 + word.length() > width) {
                out.println(line);
                line = new StringBuilder(" ".repeat(LABEL));
            }
            line.append(line.length() > LABEL ? " " : "").append(word);
        }
        out.println(line);
    }

    private static String times(Map<String, Integer> deviations) {
        return deviations.entrySet().stream()
                .map(entry -> entry.getKey() + (entry.getValue() == 1 ? "" : " ×" + entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String cut(String text, int width) {
        if (text.length() <= width) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(width - 2)) ? width - 2 : width - 1;
        return text.substring(0, end) + ELLIPSIS;
    }

    private String colour(Verdict verdict, String text) {
        return switch (verdict) {
            case Verdict.Passed ignored -> escaped("32", text);
            case Verdict.Deviation ignored -> escaped("33", text);
            case Verdict.Failed ignored -> escaped("1;31", text);
            case Verdict.Skipped ignored -> escaped("2", text);
        };
    }

    private String bold(String text) {
        return escaped("1", text);
    }

    private String dim(String text) {
        return escaped("2", text);
    }

    private String escaped(String code, String text) {
        return coloured ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
