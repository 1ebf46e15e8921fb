package io.attested.sms.chain.quorum;

import io.attested.sms.chain.rpc.BlockHeader;
import io.attested.sms.chain.rpc.BlockTag;
import io.attested.sms.chain.rpc.Purpose;
import io.attested.sms.chain.rpc.Reads;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Finds the highest block that enough nodes have, in one round trip when their heads are the same, else in two. */
final class AgreedHead {
    /** Blocks below the lowest height told that are compared too: nodes on two short branches still share a block. */
    private static final int BELOW = 8;

    private final QuorumSettings settings;
    private final int nodes;
    private final Judge judge;
    private final Refusal refusal;

    /** What becomes of a vote once something is agreed. */
    interface Judge {
        <T> void judge(Member member, Vote<T> vote, Purpose purpose, Object canonical);
    }

    /** What becomes of a poll without agreement. */
    interface Refusal {
        <T, V> Consensus<T> refused(Tally<T> tally, Purpose purpose, Poll<V> poll);
    }

    AgreedHead(QuorumSettings settings, int nodes, Judge judge, Refusal refusal) {
        this.settings = settings;
        this.nodes = nodes;
        this.judge = judge;
        this.refusal = refusal;
    }

    Consensus<BlockHeader> find(List<Member> members, BlockTag tag, long chainId, Purpose purpose) {
        Poll<BlockHeader> poll = Poll.start(members, Reads.tagged(tag, chainId), purpose);
        long deadline = System.nanoTime() + settings.deadline().toNanos();
        poll.await(deadline, some -> heights(some).size() >= settings.needed());
        long patience = Math.min(deadline, System.nanoTime() + settings.grace().toNanos());
        Map<Member, Vote<BlockHeader>> heads = poll.await(patience, some -> false);
        Tally<BlockHeader> tally = new Tally<>(heads, settings.needed());
        List<Long> heights = heights(heads);
        if (heights.size() < settings.needed()) {
            return refusal.refused(tally, purpose, poll);
        }
        long height = heights.get(settings.needed() - 1);
        Optional<Tally.Group<BlockHeader>> same =
                tally.agreed().filter(group -> group.value().number() == height);
        if (same.isPresent()) {
            BlockHeader agreed = same.get().value();
            poll.judge((member, vote) -> judgeAtHeight(member, vote, agreed, purpose));
            return new Consensus.Agreed<>(agreed, List.copyOf(same.get().names()), nodes);
        }
        return compare(List.copyOf(heads.keySet()), candidates(heights), purpose);
    }

    private Consensus<BlockHeader> compare(List<Member> members, List<Long> candidates, Purpose purpose) {
        Poll<List<Optional<BlockHeader>>> poll = Poll.start(members, Reads.headers(candidates), purpose);
        long deadline = System.nanoTime() + settings.deadline().toNanos();
        poll.await(deadline, some -> some.size() >= settings.needed());
        long patience = Math.min(deadline, System.nanoTime() + settings.grace().toNanos());
        Map<Member, Vote<List<Optional<BlockHeader>>>> votes =
                poll.await(patience, some -> at(some, 0).agreed().isPresent());
        for (int i = 0; i < candidates.size(); i++) {
            Optional<Tally.Group<BlockHeader>> agreed = at(votes, i).agreed();
            if (agreed.isPresent()) {
                int index = i;
                BlockHeader header = agreed.get().value();
                poll.judge((member, vote) ->
                        one(vote, index).ifPresent(said -> judgeAtHeight(member, said, header, purpose)));
                return new Consensus.Agreed<>(header, List.copyOf(agreed.get().names()), nodes);
            }
        }
        return refusal.refused(at(votes, candidates.size() - 1), purpose, poll);
    }

    /** The votes on one of the heights. */
    private Tally<BlockHeader> at(Map<Member, Vote<List<Optional<BlockHeader>>>> votes, int index) {
        Map<Member, Vote<BlockHeader>> single = new LinkedHashMap<>();
        votes.forEach((member, vote) -> one(vote, index).ifPresent(said -> single.put(member, said)));
        return new Tally<>(single, settings.needed());
    }

    /** Empty when the node has no block of that height: it is behind, which is no disagreement. */
    private static Optional<Vote<BlockHeader>> one(Vote<List<Optional<BlockHeader>>> vote, int index) {
        return switch (vote) {
            case Vote.Said<List<Optional<BlockHeader>>> said ->
                said.value().get(index).map(header -> new Vote.Said<>(header, header));
            case Vote.Silent<List<Optional<BlockHeader>>> silent -> Optional.of(new Vote.Silent<>(silent.why()));
        };
    }

    /** A block of another height says nothing about the agreed one. */
    private void judgeAtHeight(Member member, Vote<BlockHeader> vote, BlockHeader agreed, Purpose purpose) {
        switch (vote) {
            case Vote.Said<BlockHeader> said -> {
                if (said.value().number() == agreed.number()) {
                    judge.judge(member, vote, purpose, agreed);
                }
            }
            case Vote.Silent<BlockHeader> _ -> judge.judge(member, vote, purpose, agreed);
        }
    }

    /** From the height that enough nodes have reached downwards: what the others told, and some blocks below. */
    private List<Long> candidates(List<Long> heights) {
        TreeSet<Long> candidates = new TreeSet<>(Comparator.reverseOrder());
        candidates.addAll(heights.subList(settings.needed() - 1, heights.size()));
        long lowest = candidates.last();
        for (long height = Math.max(0, lowest - BELOW); height < lowest; height++) {
            candidates.add(height);
        }
        return new ArrayList<>(candidates);
    }

    /** Heights of the heads told, the highest first. */
    private static List<Long> heights(Map<Member, Vote<BlockHeader>> votes) {
        List<Long> heights = new ArrayList<>();
        votes.values().forEach(vote -> {
            if (vote instanceof Vote.Said<BlockHeader> said) {
                heights.add(said.value().number());
            }
        });
        heights.sort(Comparator.reverseOrder());
        return heights;
    }
}
