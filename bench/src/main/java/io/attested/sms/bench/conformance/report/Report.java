package io.attested.sms.bench.conformance.report;

import io.attested.sms.bench.conformance.Played;
import io.attested.sms.bench.conformance.Verdict;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A run and how it ended.
 *
 * @param url of the service
 * @param scenario the scenario's file name, if there was one
 * @param exchanges requests that were answered
 * @param played in the order of the catalogue
 */
public record Report(
        URI url, Optional<String> scenario, Instant started, Duration took, long exchanges, List<Played> played) {

    /** Takes an unmodifiable copy. */
    public Report {
        played = List.copyOf(played);
    }

    /** How many checks ended so: {@code pass}, {@code deviation}, {@code FAIL} and {@code skipped}, each present. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (String word : List.of("pass", "deviation", "FAIL", "skipped")) {
            counts.put(
                    word,
                    played.stream()
                            .filter(one -> one.verdict().word().equals(word))
                            .count());
        }
        return counts;
    }

    /** How many checks met each deviation, by id. */
    public Map<String, Integer> deviations() {
        Map<String, Integer> deviations = new TreeMap<>();
        for (Played one : played) {
            if (one.verdict() instanceof Verdict.Deviation deviation) {
                deviations.merge(deviation.id(), 1, Integer::sum);
            }
        }
        return deviations;
    }

    /** How many checks were skipped for each reason. */
    public Map<String, Integer> skipped() {
        Map<String, Integer> reasons = new TreeMap<>();
        for (Played one : played) {
            if (one.verdict() instanceof Verdict.Skipped skipped) {
                reasons.merge(skipped.reason(), 1, Integer::sum);
            }
        }
        return reasons;
    }

    /** Whether no check failed; skipped ones do not count. */
    public boolean kept() {
        return played.stream().noneMatch(one -> one.verdict() instanceof Verdict.Failed);
    }

    /** Whether any check was played. */
    public boolean anyPlayed() {
        return !played.stream().allMatch(one -> one.verdict() instanceof Verdict.Skipped);
    }

    /** The checks by group, in order. */
    Map<String, List<Played>> groups() {
        Map<String, List<Played>> groups = new LinkedHashMap<>();
        played.forEach(one -> groups.computeIfAbsent(one.check().group(), group -> new java.util.ArrayList<>())
                .add(one));
        return groups;
    }

    /** What was seen, or why nothing was. */
    static String seen(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Passed passed -> passed.seen();
            case Verdict.Deviation deviation -> deviation.seen();
            case Verdict.Failed failed -> failed.seen();
            case Verdict.Skipped skipped -> skipped.reason();
        };
    }

    /** What was expected; of a failure, of the step that failed. */
    static String expected(Played one) {
        return one.verdict() instanceof Verdict.Failed failed
                ? failed.expected()
                : one.check().expected().words();
    }
}
