package io.attested.sms.worker.cli;

import io.attested.sms.worker.json.JsonText;
import io.attested.sms.worker.verify.VectorResult;
import io.attested.sms.worker.verify.Vectors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
    /** Prints; the exit code. */
    int print(Vectors vectors) throws Failure, IOException {
        List<Path> folders = vectors.folders();
        if (folders.isEmpty()) {
            throw Failure.unavailable("below " + vectors.root()
                    + " is no folder with an expected.json; give the folder that holds the vectors");
        }
        List<VectorResult> results = new ArrayList<>();
        for (Path folder : folders) {
            VectorResult result = vectors.compare(folder);
            results.add(result);
            if (json) {
                console.out().println(new String(JsonText.bytes(result.line()), StandardCharsets.UTF_8));
            }
        }
        if (!json) {
            table(results);
        }
        return results.stream().allMatch(VectorResult::agrees) ? ExitCode.DONE : ExitCode.REFUSED;
    }

    private void table(List<VectorResult> results) {
        Table table = new Table().row("vector", "expected", "got", "agrees");
        for (VectorResult result : results) {
            table.row(result.vector(), words(result.expected()), words(result.got()), result.agrees() ? "yes" : "NO");
        }
        table.print(console.out());
        List<VectorResult> others =
                results.stream().filter(result -> !result.agrees()).toList();
        for (VectorResult other : others) {
            console.out().println();
            console.out().println(other.vector());
            Table differences = new Table();
            other.differences().forEach(difference -> differences.row(" ", difference));
            differences.print(console.out());
        }
        console.out().println();
        console.out()
                .println(results.size() + " vectors, " + (results.size() - others.size()) + " agree, " + others.size()
                        + " do not");
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
