package io.attested.sms.bench.quote;

import java.util.ArrayList;
import java.util.List;

/**
 * Contenders that take turns, so that whatever else the machine does meets all of them.
 *
 * @param warmUpMillis CPU time each has before anything counts
 * @param turns how many rounds each has
 * @param roundMillis about how much CPU time a round takes
 */
record Race(long warmUpMillis, int turns, long roundMillis) {
    /** The rounds of each contender, in the order of the contenders. */
    List<List<Contender.Round>> run(List<Contender> contenders) {
        int[] sizes = contenders.stream().mapToInt(this::warmUp).toArray();
        List<List<Contender.Round>> rounds = new ArrayList<>();
        contenders.forEach(ignored -> rounds.add(new ArrayList<>()));
        for (int turn = 0; turn < turns; turn++) {
            for (int i = 0; i < sizes.length; i++) {
                rounds.get(i).add(contenders.get(i).round(sizes[i]));
            }
        }
        return rounds;
    }

    /** Runs a contender until it is warm and says how many verifications fill a round. */
    private int warmUp(Contender contender) {
        // Counted in CPU time: on a busy machine a compiler that waits for its turn is not done when the clock says so.
        long left = warmUpMillis * 1_000_000;
        Contender.Round last = contender.round(1);
        while (left > 0) {
            last = contender.round(sizeOf(last));
            left -= last.cpuNanos();
        }
        return sizeOf(last);
    }

    private int sizeOf(Contender.Round round) {
        return (int) Math.clamp(Math.round(roundMillis * 1e3 / Math.max(round.cpuMicros(), 1)), 1, 100_000);
    }
}
