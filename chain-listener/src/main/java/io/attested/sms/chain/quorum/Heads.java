package io.attested.sms.chain.quorum;

import io.attested.sms.chain.rpc.BlockHeader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The heads that nodes have told.
 *
 * @param heights of those told, the highest first
 */
record Heads(Map<Member, Vote<BlockHeader>> votes, List<Long> heights, int needed) {
    /** Blocks between heads that the delay of a block on its way explains, and branches that still share a block. */
    static final int CLOSE = 8;

    static Heads of(Map<Member, Vote<BlockHeader>> votes, int needed) {
        List<Long> heights = new ArrayList<>();
        votes.values().forEach(vote -> {
            if (vote instanceof Vote.Said<BlockHeader> said) {
                heights.add(said.value().number());
            }
        });
        heights.sort(Comparator.reverseOrder());
        return new Heads(votes, List.copyOf(heights), needed);
    }

    boolean enough() {
        return heights.size() >= needed;
    }

    long highest() {
        return heights.getFirst();
    }

    /** The head that enough nodes told, when no node told a higher one: whoever has not answered changes nothing. */
    Optional<Tally.Group<BlockHeader>> top() {
        return same().filter(group -> group.value().number() == highest());
    }

    /** The head that enough nodes told, when it is the highest that so many have reached. */
    Optional<Tally.Group<BlockHeader>> same() {
        return enough()
                ? tally().agreed().filter(group -> group.value().number() == heights.get(needed - 1))
                : Optional.empty();
    }

    Tally<BlockHeader> tally() {
        return new Tally<>(votes, needed);
    }

    /** Those that told a head. */
    List<Member> tellers() {
        return votes.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Vote.Said<BlockHeader>)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** From the height that enough nodes have reached downwards: what the others told, and some blocks below. */
    List<Long> candidates() {
        TreeSet<Long> candidates = new TreeSet<>(Comparator.reverseOrder());
        candidates.addAll(heights.subList(needed - 1, heights.size()));
        long lowest = candidates.last();
        for (long height = Math.max(0, lowest - CLOSE); height < lowest; height++) {
            candidates.add(height);
        }
        return new ArrayList<>(candidates);
    }

    /** Whether this node told a head far above those of enough others, at the same time. */
    boolean farAbove(Member member, long told) {
        return votes.containsKey(member)
                && heights.stream().filter(height -> height < told - CLOSE).count() >= needed;
    }
}
