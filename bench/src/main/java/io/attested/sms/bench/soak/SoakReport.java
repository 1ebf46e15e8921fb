package io.attested.sms.bench.soak;

import io.attested.sms.bench.Machine;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/**
 * What a run came to.
 *
 * @param length how long decisions were made
 * @param counts what happened
 * @param checked decisions that were compared with the chain
 * @param early heap in use after the first minute, or the first quarter of a short run, bytes
 * @param late heap in use at the end, bytes
 */
record SoakReport(Duration length, Counts counts, long checked, long early, long late) {
    private static final int DECISIONS_IN_TEN_MINUTES = 2000;
    static final double MOST_GROWTH = 1.5;

    /** Two nodes of three are sound at any time, but a block that is replaced cannot be asked any more. */
    private static final double MOST_UNAVAILABLE = 0.1;

    boolean passed() {
        return counts.contradicted() == 0
                && checked == counts.decisions()
                && checked >= needed()
                && 4 * counts.grants() >= counts.decisions()
                && MOST_UNAVAILABLE * counts.asked() >= counts.unavailable()
                && growth() <= MOST_GROWTH;
    }

    /** Fewest decisions for a run of this length. */
    long needed() {
        return DECISIONS_IN_TEN_MINUTES
                * length.toSeconds()
                / Duration.ofMinutes(10).toSeconds();
    }

    double growth() {
        return (double) late / early;
    }

    void print(PrintStream out, long seed) {
        Machine machine = Machine.here();
        out.println("chain-soak       " + length.toSeconds() + " s, seed " + seed);
        out.println("machine          " + machine.cpu() + ", " + machine.cores() + " cores, " + machine.jdk());
        counts.lines().forEach(out::println);
        out.println("heap             " + mega(early) + " early, " + mega(late) + " at the end");
        counts.contradictions().forEach(what -> out.println("WRONG            " + what));
        out.printf(
                Locale.ROOT,
                "%s: %d decisions (at least %d), %d of them grants, %d compared with the chain, %d disagreements,"
                        + " heap x%.2f%n",
                passed() ? "passed" : "failed",
                counts.decisions(),
                needed(),
                counts.grants(),
                checked,
                counts.contradicted(),
                growth());
    }

    private static String mega(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
