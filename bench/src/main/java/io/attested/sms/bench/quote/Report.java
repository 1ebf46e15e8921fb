package io.attested.sms.bench.quote;

import io.attested.sms.bench.Machine;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * The result of one run.
 *
 * @param evidence name of the quote
 * @param machine where it ran
 * @param peer the other verifier
 * @param ours ours, native first
 */
record Report(String evidence, Machine machine, Measurement peer, List<Measurement> ours) {
    private static final String LINE = "%-34s %9s %9s %7s %7s %s%n";

    Report {
        ours = List.copyOf(ours);
    }

    boolean holds() {
        return ours.stream().allMatch(measurement -> measurement.holds(peer));
    }

    void print(PrintStream out, boolean json) {
        if (json) {
            out.println(JsonMapper.shared().writeValueAsString(asMap()));
        } else {
            table(out);
        }
    }

    private void table(PrintStream out) {
        out.println("quote    " + evidence);
        out.println("machine  " + machine.cpu() + ", " + machine.cores() + " cores, " + machine.jdk());
        out.println("rounds   " + peer.rounds().size() + " of each in turn; times are medians for one verification,");
        out.println("         ratios are to the first line, by CPU time");
        out.println();
        out.printf(Locale.ROOT, LINE, "signatures by, and what is known", "CPU µs", "wall µs", "ratio", "target", "");
        out.printf(Locale.ROOT, LINE, peer.name(), number(peer.cpuMicros()), number(peer.wallMicros()), "1", "", "");
        String provider = "";
        for (Measurement measurement : ours) {
            if (!measurement.provider().equals(provider)) {
                provider = measurement.provider();
                out.println(provider);
            }
            boolean judged = measurement.target() > 0;
            out.printf(
                    Locale.ROOT,
                    LINE,
                    "  " + measurement.name(),
                    number(measurement.cpuMicros()),
                    number(measurement.wallMicros()),
                    number(measurement.ratioTo(peer)),
                    judged ? number(measurement.target()) : "",
                    judged ? measurement.holds(peer) ? "holds" : "MISSED" : "");
        }
        out.println();
        out.println(holds() ? "Every target holds." : "A target is missed.");
    }

    private Map<String, Object> asMap() {
        List<Map<String, Object>> rows = new ArrayList<>();
        rows.add(row(peer));
        ours.forEach(measurement -> rows.add(row(measurement)));
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("quote", evidence);
        report.put("machine", Map.of("cpu", machine.cpu(), "cores", machine.cores(), "jdk", machine.jdk()));
        report.put("turns", peer.rounds().size());
        report.put("holds", holds());
        report.put("contenders", rows);
        return report;
    }

    private Map<String, Object> row(Measurement measurement) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("provider", measurement.provider());
        row.put("known", measurement.name());
        row.put("cpuMicros", rounded(measurement.cpuMicros()));
        row.put("wallMicros", rounded(measurement.wallMicros()));
        row.put("ratio", rounded(measurement.ratioTo(peer)));
        if (measurement.target() > 0) {
            row.put("target", measurement.target());
            row.put("holds", measurement.holds(peer));
        }
        return row;
    }

    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
