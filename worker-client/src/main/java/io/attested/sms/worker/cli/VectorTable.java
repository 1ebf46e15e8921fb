package io.attested.sms.worker.cli;

import io.attested.sms.worker.verify.VectorResult;
import io.attested.sms.worker.verify.Vectors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Compares vectors and prints what came of each.
 *
 * @param console to print to
 * @param json whether one object for each line
 */
record VectorTable(Console console, boolean json) {
    private static final int WIDTH = 80;

    /** Prints; the exit code. */
    int print(Vectors vectors) throws Failure, IOException {
        Vectors.Found found = vectors.find();
        found.links()
                .forEach(
                        link -> console.note(
                                "skipped " + link
                                        + ": a symbolic link; links below the folder are not followed, give its target with --vectors"));
        if (found.folders().isEmpty()) {
            throw Failure.unavailable("below " + vectors.root()
                    + " is no folder with an expected.json; give the folder that holds the vectors");
        }
        List<VectorResult> results = new ArrayList<>();
        for (Path folder : found.folders()) {
            VectorResult result = vectors.compare(folder);
            results.add(result);
            if (json) {
                console.json(result.line());
            }
        }
        if (!json) {
            table(results);
        }
        boolean all = found.links().isEmpty() && results.stream().allMatch(VectorResult::agrees);
        return all ? ExitCode.DONE : ExitCode.REFUSED;
    }

    private void table(List<VectorResult> results) {
        Table table = new Table().row("vector", "outcome", "agrees");
        for (VectorResult result : results) {
            table.row(result.vector(), outcome(result), result.agrees() ? "yes" : "NO");
        }
        table.print(console, WIDTH);
        List<VectorResult> others =
                results.stream().filter(result -> !result.agrees()).toList();
        for (VectorResult other : others) {
            console.line("");
            console.line(other.vector());
            Table differences = new Table();
            other.differences().forEach(difference -> differences.row(" ", difference));
            differences.print(console);
        }
        console.line("");
        console.line(count(results.size(), "vector", "vectors") + ", "
                + count(results.size() - others.size(), "agrees", "agree") + ", "
                + count(others.size(), "does not", "do not"));
    }

    private static String count(int number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }

    private static String outcome(VectorResult result) {
        String got = words(result.got());
        String expected = words(result.expected());
        if (!result.agrees()) {
            return got + " (expected " + (expected.isEmpty() ? "unknown" : expected) + ")";
        }
        if (String.valueOf(result.expected().get("outcome")).equals("DESIGN_CHOICE")) {
            return got + " (a choice: the strict one)";
        }
        return result.byAnotherAcceptedReason() ? got + " (one of its accepted reasons)" : got;
    }

    private static String words(Map<String, Object> outcome) {
        StringBuilder words = new StringBuilder();
        for (String member : List.of("outcome", "tcbStatus", "reason")) {
            if (outcome.containsKey(member)) {
                words.append(words.isEmpty() ? "" : " ").append(outcome.get(member));
            }
        }
        return words.toString();
    }
}
