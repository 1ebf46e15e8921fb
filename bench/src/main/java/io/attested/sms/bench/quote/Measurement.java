package io.attested.sms.bench.quote;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What the rounds of one contender came to.
 *
 * @param provider who verified the signatures
 * @param name what was known beforehand
 * @param rounds all of them
 * @param target least ratio to the peer, 0 when there is none
 */
record Measurement(String provider, String name, List<Contender.Round> rounds, double target) {
    Measurement {
        rounds = List.copyOf(rounds);
    }

    /** Median CPU time of a verification, µs. */
    double cpuMicros() {
        return median(Contender.Round::cpuMicros);
    }

    /** Median time that passed for a verification, µs. */
    double wallMicros() {
        return median(Contender.Round::wallMicros);
    }

    private double median(ToDoubleFunction<Contender.Round> value) {
        return median(rounds.stream().mapToDouble(value));
    }

    private static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /**
     * How many times the peer's CPU time is this one's: the median over the turns in which both ran, so that a load that
     * comes and goes meets both sides.
     */
    double ratioTo(Measurement peer) {
        return median(IntStream.range(0, rounds.size())
                .mapToDouble(turn ->
                        peer.rounds.get(turn).cpuMicros() / rounds.get(turn).cpuMicros()));
    }

    boolean holds(Measurement peer) {
        return ratioTo(peer) >= target;
    }
}
