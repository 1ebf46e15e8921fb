package io.attested.sms.operate.cli;

import io.attested.sms.chain.Address;
import io.attested.sms.operate.legacy.ImportKind;
import io.attested.sms.operate.legacy.ImportTally;
import io.attested.sms.operate.legacy.SkipReason;
import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;

/** What an import did, as a table. Shows no name and no value. */
record ImportReport(ImportTally tally, Map<Address, Address> owners, boolean dryRun) {
    private static final String ROW = "%-20s %10s %10s %10s %10s%n";

    void print(PrintStream out) {
        out.printf(ROW, "kind", "found", dryRun ? "would take" : "taken", "are here", "skipped");
        long taken = 0;
        long skipped = 0;
        for (ImportKind kind : ImportKind.values()) {
            long exists = tally.skippedOf(kind).getOrDefault(SkipReason.EXISTS, 0L);
            long others = others(kind);
            long ofKind = tally.takenOf(kind);
            taken += ofKind;
            skipped += others;
            out.printf(ROW, kind.words(), ofKind + exists + others, ofKind, exists, others);
        }
        printReasons(out);
        printOwners(out);
        out.println();
        out.println(
                dryRun
                        ? "Dry run: nothing was written. " + taken + " would be taken over, " + skipped + " skipped."
                        : taken + " taken over, " + skipped + " skipped. Each has an entry in the log.");
    }

    private long others(ImportKind kind) {
        return tally.skippedOf(kind).entrySet().stream()
                .filter(entry -> entry.getKey() != SkipReason.EXISTS)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private void printReasons(PrintStream out) {
        boolean heading = false;
        for (ImportKind kind : ImportKind.values()) {
            for (Map.Entry<SkipReason, Long> entry : new TreeMap<>(tally.skippedOf(kind)).entrySet()) {
                if (entry.getKey() != SkipReason.EXISTS) {
                    if (!heading) {
                        out.printf("%nskipped%n");
                        heading = true;
                    }
                    out.printf(
                            "  %-18s %10d   %s%n",
                            kind.words(), entry.getValue(), entry.getKey().words());
                }
            }
        }
    }

    private void printOwners(PrintStream out) {
        if (!owners.isEmpty()) {
            out.printf("%nowners at the head, to whom the secrets of these assets are bound%n");
            owners.forEach((asset, owner) -> out.printf("  %s  %s%n", asset, owner));
        }
    }
}
