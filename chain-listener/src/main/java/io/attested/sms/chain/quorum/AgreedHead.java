package io.attested.sms.chain.quorum;

import io.attested.sms.chain.rpc.BlockHeader;
import io.attested.sms.chain.rpc.BlockTag;
import io.attested.sms.chain.rpc.Purpose;
import io.attested.sms.chain.rpc.Reads;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the highest block that enough nodes have, in one round trip when their heads are the same, else in two or three.
 *
 * <p>A node that keeps the head back must not win against a slow one: while somebody told a higher head, a lower one is
 * taken only when all have answered or the time is over.
 */
final class AgreedHead {
    private final QuorumSettings settings;
    private final int nodes;
    private final Judgement judgement;
    private final Purpose purpose;

    AgreedHead(QuorumSettings settings, int nodes, Judgement judgement, Purpose purpose) {
        this.settings = settings;
        this.nodes = nodes;
        this.judgement = judgement;
        this.purpose = purpose;
    }

    Consensus<BlockHeader> find(Panel panel, BlockTag tag, long chainId) {
        Poll<BlockHeader> poll = Poll.start(panel, Reads.tagged(tag, chainId), purpose);
        long deadline = settings.deadlineFromNow();
        Heads prompt = prompt(poll, deadline);
        if (!prompt.enough()) {
            return judgement.refused(prompt.tally(), purpose, poll);
        }
        Consensus<BlockHeader> found = prompt.top()
                .<Consensus<BlockHeader>>map(this::agreed)
                .or(() -> tag == BlockTag.LATEST && poll.incomplete() ? caughtUp(prompt, deadline) : Optional.empty())
                .orElseGet(() -> patiently(poll, deadline));
        if (found instanceof Consensus.Agreed<BlockHeader>(BlockHeader head, List<String> _, int _)) {
            poll.judge((member, vote) -> {
                judgement.block(member, vote, purpose, head);
                if (tag == BlockTag.LATEST) {
                    judgement.distance(member, vote, purpose, head, prompt);
                }
            });
        }
        return found;
    }

    /** What enough nodes tell, and the others in the time of grace after that. */
    private Heads prompt(Poll<BlockHeader> poll, long deadline) {
        if (!heads(poll.await(
                        settings.graceBefore(deadline), some -> heads(some).enough()))
                .enough()) {
            poll.askReserve();
            poll.await(deadline, some -> heads(some).enough());
        }
        return heads(poll.await(settings.graceBefore(deadline), some -> false));
    }

    /** Whether those that told a lower head have the highest by now, so that nobody needs to be waited for. */
    private Optional<Consensus<BlockHeader>> caughtUp(Heads prompt, long deadline) {
        List<Long> highest = List.of(prompt.highest());
        var poll = Poll.start(Panel.only(prompt.tellers()), Reads.headers(highest), purpose);
        return compared(poll, highest, settings.graceBefore(deadline));
    }

    private Consensus<BlockHeader> patiently(Poll<BlockHeader> poll, long deadline) {
        poll.askReserve();
        Heads all = heads(poll.await(deadline, some -> heads(some).top().isPresent()));
        return all.same().<Consensus<BlockHeader>>map(this::agreed).orElseGet(() -> compare(all));
    }

    private Consensus<BlockHeader> compare(Heads heads) {
        List<Long> candidates = heads.candidates();
        var poll = Poll.start(Panel.only(List.copyOf(heads.votes().keySet())), Reads.headers(candidates), purpose);
        return compared(poll, candidates, settings.deadlineFromNow())
                .orElseGet(() -> judgement.refused(
                        at(poll.await(System.nanoTime(), some -> true), candidates.size() - 1), purpose, poll));
    }

    /** The highest candidate that enough nodes have. */
    private Optional<Consensus<BlockHeader>> compared(
            Poll<List<Optional<BlockHeader>>> poll, List<Long> candidates, long deadline) {
        var votes = poll.await(deadline, some -> decided(some, candidates.size(), poll.outstanding()));
        for (int i = 0; i < candidates.size(); i++) {
            Optional<Tally.Group<BlockHeader>> agreed = at(votes, i).agreed();
            if (agreed.isPresent()) {
                int index = i;
                BlockHeader header = agreed.get().value();
                poll.judge((member, vote) ->
                        one(vote, index).ifPresent(said -> judgement.block(member, said, purpose, header)));
                return agreed.map(this::agreed);
            }
        }
        return Optional.empty();
    }

    /** Whether no vote to come can lead to a higher candidate. */
    private boolean decided(Map<Member, Vote<List<Optional<BlockHeader>>>> votes, int candidates, int outstanding) {
        for (int i = 0; i < candidates; i++) {
            Tally<BlockHeader> tally = at(votes, i);
            if (tally.possible(outstanding)) {
                return tally.agreed().isPresent();
            }
        }
        return true;
    }

    private Consensus<BlockHeader> agreed(Tally.Group<BlockHeader> group) {
        return new Consensus.Agreed<>(group.value(), List.copyOf(group.names()), nodes);
    }

    private Heads heads(Map<Member, Vote<BlockHeader>> votes) {
        return Heads.of(votes, settings.needed());
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
}
