package io.attested.sms.chain.quorum;

import io.attested.sms.chain.quorum.NodeStanding.Standing;
import io.attested.sms.chain.rpc.ReadFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Votes counted. */
final class Tally<T> {
    private final Map<Member, Vote<T>> votes;
    private final int needed;

    Tally(Map<Member, Vote<T>> votes, int needed) {
        this.votes = votes;
        this.needed = needed;
    }

    /** Those who said the same. */
    record Group<T>(T value, Object canonical, List<String> names) {}

    /** Whether waiting for {@code outstanding} more votes changes nothing. */
    boolean decided(int outstanding) {
        return group(Set.of(Standing.GOOD)).isPresent() || !possible(outstanding);
    }

    /** Whether a group is large enough, or becomes so with {@code outstanding} more votes. */
    boolean possible(int outstanding) {
        return largest() + outstanding >= needed;
    }

    /** The group that is large enough: of nodes in good standing, or else with those on probation, or else with all. */
    Optional<Group<T>> agreed() {
        return group(Set.of(Standing.GOOD))
                .or(() -> group(Set.of(Standing.GOOD, Standing.PROBATION)))
                .or(() -> group(Set.of(Standing.values())));
    }

    /** What it comes to when no group is large enough. */
    Consensus.Refused<T> refused() {
        List<String> said = new ArrayList<>();
        Map<String, ReadFailure> failures = new LinkedHashMap<>();
        votes.forEach((member, vote) -> {
            switch (vote) {
                case Vote.Said<T> _ -> said.add(member.name());
                case Vote.Silent<T> silent -> failures.put(member.name(), silent.why());
            }
        });
        return groups(Set.of(Standing.values())).size() > 1
                ? new Consensus.Disagreement<>(said, needed, failures)
                : new Consensus.Unavailable<>(said.size(), needed, failures);
    }

    private Optional<Group<T>> group(Set<Standing> counting) {
        return groups(counting).values().stream()
                .filter(group -> group.names().size() >= needed)
                .findFirst();
    }

    private int largest() {
        return groups(Set.of(Standing.values())).values().stream()
                .mapToInt(group -> group.names().size())
                .max()
                .orElse(0);
    }

    private Map<Object, Group<T>> groups(Set<Standing> counting) {
        Map<Object, Group<T>> groups = new HashMap<>();
        votes.forEach((member, vote) -> {
            if (vote instanceof Vote.Said<T> said && counting.contains(member.standing())) {
                groups.computeIfAbsent(
                                said.canonical(), canonical -> new Group<>(said.value(), canonical, new ArrayList<>()))
                        .names()
                        .add(member.name());
            }
        });
        return groups;
    }
}
