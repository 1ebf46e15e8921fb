package io.attested.sms.bench.sessions;

import io.attested.sms.bench.Machine;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the measurements came to.
 *
 * @param machine where they ran
 * @param rows in the order they ran
 * @param settings what was measured, by name
 */
record SessionReport(Machine machine, List<Row> rows, Map<String, Object> settings) {
    private static final String LINE = "%-9s %7s %5s %-5s %6s %7s %6s %6s %6s %6s %6s%n";

    /**
     * One window.
     *
     * @param delay round trip to the node, in milliseconds
     * @param first whether each task was asked about for the first time; else the same requests again
     */
    record Row(Publisher publisher, int delay, int connections, boolean first, Load.Window window) {}

    /** Whether every request was answered with a session. */
    boolean faultless() {
        return rows.stream().allMatch(row -> row.window().failures() == 0);
    }

    void print(PrintStream out, boolean json) {
        if (json) {
            out.println(JsonMapper.shared().writeValueAsString(asMap()));
            return;
        }
        out.println("machine  " + machine.cpu() + ", " + machine.cores() + " cores, " + machine.jdk());
        out.println("run      " + settings);
        out.println();
        out.printf(
                LINE,
                "publisher",
                "node ms",
                "conns",
                "task",
                "asked",
                "asked/s",
                "p50 ms",
                "p95 ms",
                "p99 ms",
                "CPU ms",
                "failed");
        for (Row row : rows) {
            Load.Window window = row.window();
            out.printf(
                    LINE,
                    row.publisher().word(),
                    row.delay(),
                    row.connections(),
                    row.first() ? "new" : "known",
                    window.requests(),
                    number(window.rate()),
                    number(window.percentile(0.50)),
                    number(window.percentile(0.95)),
                    number(window.percentile(0.99)),
                    number(window.cpuMillis()),
                    window.failures());
        }
        rows.stream()
                .map(row -> row.window().failure())
                .filter(failure -> !failure.isEmpty())
                .findFirst()
                .ifPresent(failure -> out.println("the first failure: " + failure));
    }

    private Map<String, Object> asMap() {
        List<Map<String, Object>> written = new ArrayList<>();
        for (Row row : rows) {
            Load.Window window = row.window();
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("publisher", row.publisher().word());
            members.put("nodeMillis", row.delay());
            members.put("connections", row.connections());
            members.put("task", row.first() ? "new" : "known");
            members.put("requests", window.requests());
            members.put("failures", window.failures());
            members.put("requestsPerSecond", window.rate());
            members.put("p50Millis", window.percentile(0.50));
            members.put("p95Millis", window.percentile(0.95));
            members.put("p99Millis", window.percentile(0.99));
            members.put("cpuMillis", window.cpuMillis());
            written.add(members);
        }
        Map<String, Object> report = new LinkedHashMap<>(settings);
        report.put("machine", Map.of("cpu", machine.cpu(), "cores", machine.cores(), "jdk", machine.jdk()));
        report.put("windows", written);
        return report;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
