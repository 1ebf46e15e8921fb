package io.attested.sms.bench.soak;

import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.follow.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What happened, in numbers, and what was wrong, in words. Safe for many threads. */
final class Counts {
    private static final int MOST_TOLD = 20;

    private final Map<Integer, Long> reorganisations = new TreeMap<>();
    private final Map<Integer, Long> noticed = new TreeMap<>();
    private final Map<String, Long> troubles = new TreeMap<>();
    private final Map<Verdict, Long> verdicts = new EnumMap<>(Verdict.class);
    private final Map<ChainFailure.Kind, Long> unavailable = new EnumMap<>(ChainFailure.Kind.class);
    private final Map<ChainFailure.Kind, String> reasons = new EnumMap<>(ChainFailure.Kind.class);
    private final Map<ChainFailure.Kind, Long> faults = new EnumMap<>(ChainFailure.Kind.class);
    private final Map<Standing.Reason, Long> stops = new EnumMap<>(Standing.Reason.class);
    private final Map<String, Long> disagreeing = new TreeMap<>();
    private final List<String> contradictions = new ArrayList<>();
    private long contradicted;
    private long owners;
    private long blocks;
    private long acts;
    private long reverted;
    private long hits;
    private long misses;
    private Duration mostBehind = Duration.ZERO;

    synchronized void blocks(long more) {
        blocks += more;
    }

    synchronized void acts(long done, long failed) {
        acts += done;
        reverted += failed;
    }

    synchronized void reorganised(int depth) {
        reorganisations.merge(depth, 1L, Long::sum);
    }

    synchronized void noticed(int depth) {
        noticed.merge(depth, 1L, Long::sum);
    }

    synchronized void trouble(String name) {
        troubles.merge(name, 1L, Long::sum);
    }

    synchronized void decided(Verdict verdict) {
        verdicts.merge(verdict, 1L, Long::sum);
    }

    synchronized void owner() {
        owners++;
    }

    synchronized void unavailable(ChainFailure failure) {
        unavailable.merge(failure.kind(), 1L, Long::sum);
        reasons.putIfAbsent(failure.kind(), failure.detail());
    }

    /** Look-ups of any kind, answered or not. */
    synchronized long asked() {
        return decisions() + owners + unavailable();
    }

    synchronized long unavailable() {
        return total(unavailable);
    }

    /** The follower could not read the chain. */
    synchronized void fault(ChainFailure failure) {
        faults.merge(failure.kind(), 1L, Long::sum);
    }

    synchronized void stopped(Standing.Reason why) {
        stops.merge(why, 1L, Long::sum);
    }

    synchronized void benched(String node) {
        disagreeing.merge(node, 1L, Long::sum);
    }

    synchronized void hit() {
        hits++;
    }

    synchronized void miss() {
        misses++;
    }

    /** A head that was served had not been the chain's for so long. */
    synchronized void behind(Duration time) {
        mostBehind = time.compareTo(mostBehind) > 0 ? time : mostBehind;
    }

    /** Something that must not be; the first are told in words. */
    synchronized void contradiction(String what) {
        contradicted++;
        if (contradictions.size() < MOST_TOLD) {
            contradictions.add(what);
        }
    }

    synchronized long contradicted() {
        return contradicted;
    }

    synchronized List<String> contradictions() {
        return List.copyOf(contradictions);
    }

    synchronized long decisions() {
        return verdicts.values().stream().mapToLong(Long::longValue).sum();
    }

    synchronized long grants() {
        return verdicts.getOrDefault(Verdict.GRANTED, 0L);
    }

    /** A line for each kind of thing. */
    synchronized List<String> lines() {
        return List.of(
                "blocks           " + blocks + ", " + acts + " acts in them, " + reverted + " reverted",
                "reorganisations  " + total(reorganisations) + ", by depth " + reorganisations,
                "  noticed        " + total(noticed) + ", by depth " + noticed,
                "troubles         " + total(troubles) + ": " + troubles,
                "  benched        " + disagreeing,
                "follower         could not read " + faults + ", stood still " + stops,
                "decisions        " + decisions() + ": " + verdicts,
                "owners           " + owners + " asked for",
                "unavailable      " + total(unavailable) + ": " + unavailable,
                "  for instance   " + reasons.values(),
                "memory           " + hits + " look-ups without a call, " + misses + " with",
                "behind           at most " + mostBehind.toMillis() + " ms");
    }

    private static long total(Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
