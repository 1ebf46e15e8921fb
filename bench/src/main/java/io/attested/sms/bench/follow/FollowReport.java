package io.attested.sms.bench.follow;

import io.attested.sms.bench.Machine;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * What following came to.
 *
 * @param machine where it ran
 * @param phases in the order they ran
 * @param settings what was measured, by name
 */
record FollowReport(Machine machine, List<Phase> phases, Map<String, Object> settings) {
    private static final String LINE = "%-34s %8s %8s %9s %7s %7s%n";

    /**
     * One phase.
     *
     * @param name what was done
     * @param blocks how many
     * @param seconds time that passed
     * @param cpuSeconds CPU time of the follower's process, its garbage collection included
     * @param nodeSeconds CPU time of the node's process
     * @param heap bytes in use after a collection at the end
     * @param peak most bytes in use at any time of the phase, garbage included
     */
    record Phase(
            String name, long blocks, double seconds, double cpuSeconds, double nodeSeconds, long heap, long peak) {
        double rate() {
            return blocks / seconds;
        }

        double cpuMicros() {
            return cpuSeconds * 1e6 / blocks;
        }

        double nodeMicros() {
            return nodeSeconds * 1e6 / blocks;
        }
    }

    void print(PrintStream out, boolean json) {
        if (json) {
            out.println(JsonMapper.shared().writeValueAsString(asMap()));
            return;
        }
        out.println("chain    " + settings);
        out.println("machine  " + machine.cpu() + ", " + machine.cores() + " cores, " + machine.jdk());
        out.println();
        out.printf(LINE, "phase", "blocks", "seconds", "blocks/s", "CPU µs", "node µs");
        for (Phase phase : phases) {
            out.printf(
                    LINE,
                    phase.name(),
                    phase.blocks(),
                    number(phase.seconds()),
                    number(phase.rate()),
                    number(phase.cpuMicros()),
                    number(phase.nodeMicros()));
        }
        out.println();
        out.println("CPU µs are those of the follower and of the node for one block. Heap of the");
        out.println("follower after each phase and a collection: "
                + phases.stream().map(phase -> number(phase.heap() / 1e6)).collect(Collectors.joining(", "))
                + " MB; at most "
                + number(phases.stream().mapToLong(Phase::peak).max().orElse(0) / 1e6)
                + " MB.");
    }

    private Map<String, Object> asMap() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Phase phase : phases) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("phase", phase.name());
            row.put("blocks", phase.blocks());
            row.put("seconds", phase.seconds());
            row.put("blocksPerSecond", phase.rate());
            row.put("cpuMicros", phase.cpuMicros());
            row.put("nodeCpuMicros", phase.nodeMicros());
            row.put("heapBytes", phase.heap());
            row.put("peakBytes", phase.peak());
            rows.add(row);
        }
        Map<String, Object> report = new LinkedHashMap<>(settings);
        report.put("machine", Map.of("cpu", machine.cpu(), "cores", machine.cores(), "jdk", machine.jdk()));
        report.put("phases", rows);
        return report;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
