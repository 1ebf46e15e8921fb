package io.attested.sms.chain.quorum;

import io.attested.sms.chain.rpc.BlockHeader;
import io.attested.sms.chain.rpc.BlockTag;
import io.attested.sms.chain.rpc.Node;
import io.attested.sms.chain.rpc.Purpose;
import io.attested.sms.chain.rpc.RoundTrip;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Several nodes as one: a question goes to all at once, one round trip each, and is answered as soon as enough agree.
 *
 * <p>Guarantee: an agreed value is what {@code needed} nodes said, compared by {@link RoundTrip#canonical}; fewer lying
 * nodes than that can delay an answer but not falsify it. A node that said something else than the agreed value, sooner
 * or later, is named and benched: not asked for a while unless the others do not decide without it, then asked on
 * probation, and counted again once it has agreed. So is one whose head stays more than 8 blocks away from the agreed one
 * for five looks. Another block at some height than the agreed one is no lie, for branches lose: it does not count, and
 * the node is named from the third such height in a row.
 *
 * <p>Not guaranteed: that the nodes are independent of one another. One node with {@code needed} 1 is believed. Safe for
 * many threads; a call blocks no longer than the deadline, {@link #head} twice that.
 */
public final class Quorum implements AutoCloseable {
    private final QuorumSettings settings;
    private final List<Member> members;
    private final Judgement judgement;

    private Quorum(QuorumSettings settings, List<Member> members, Judgement judgement) {
        this.settings = settings;
        this.members = members;
        this.judgement = judgement;
    }

    /**
     * The nodes belong to the quorum, which closes them.
     *
     * @param clock for time on the bench
     * @throws IllegalArgumentException unless more than half of the nodes are needed and their names differ
     */
    public static Quorum of(QuorumSettings settings, List<Node> nodes, QuorumEvents events, InstantSource clock) {
        if (settings.needed() > nodes.size() || 2 * settings.needed() <= nodes.size()) {
            throw new IllegalArgumentException("of " + nodes.size() + " nodes more than half must agree, and no more"
                    + " than there are; configured: " + settings.needed());
        }
        if (new HashSet<>(nodes.stream().map(Node::name).toList()).size() < nodes.size()) {
            throw new IllegalArgumentException("two nodes of the quorum have the same name");
        }
        return new Quorum(
                settings,
                nodes.stream()
                        .map(node -> new Member(node, clock, settings.bench()))
                        .toList(),
                new Judgement(events));
    }

    /** Asks; enough nodes must agree on the answer. */
    public <T> Consensus<T> ask(RoundTrip<T> trip, Purpose purpose) {
        return ask(trip, purpose, settings.needed());
    }

    /**
     * As {@link #ask(RoundTrip, Purpose)} with another number of nodes: 1 for an answer that {@link RoundTrip#read} only
     * lets pass when it proves itself.
     */
    public <T> Consensus<T> ask(RoundTrip<T> trip, Purpose purpose, int needed) {
        Poll<T> poll = Poll.start(Panel.of(members), trip, purpose);
        Tally<T> tally = new Tally<>(votes(poll, needed), needed);
        Optional<Tally.Group<T>> agreed = tally.agreed();
        if (agreed.isEmpty()) {
            return judgement.refused(tally, purpose, poll);
        }
        Object canonical = agreed.get().canonical();
        OptionalLong height = ByHeight.of(trip);
        poll.judge((member, vote) -> {
            if (height.isPresent()) {
                judgement.branch(member, vote, purpose, canonical, height.getAsLong());
            } else {
                judgement.fact(member, vote, purpose, canonical);
            }
        });
        return new Consensus.Agreed<>(
                agreed.get().value(), List.copyOf(agreed.get().names()), members.size());
    }

    /** Nodes in good standing decide if they can in the time of grace; then whoever is left may help. */
    private <T> Map<Member, Vote<T>> votes(Poll<T> poll, int needed) {
        long deadline = settings.deadlineFromNow();
        var votes = poll.await(
                settings.graceBefore(deadline), some -> new Tally<>(some, needed).decided(poll.outstanding()));
        if (new Tally<>(votes, needed).agreed().isEmpty()) {
            poll.askReserve();
        }
        return poll.await(deadline, some -> {
            Tally<T> tally = new Tally<>(some, needed);
            return tally.agreed().isPresent() || !tally.possible(poll.outstanding());
        });
    }

    /**
     * The highest block that enough nodes have: of the heights they tell, the one that so many have reached, or below it
     * where their hashes agree. A node that is behind does not disagree. While a node tells a higher head than enough
     * others, all are waited for until the deadline, so that one that keeps the head back gains nothing from one that is
     * slow.
     *
     * @param tag the head, or what the nodes call safe or final
     */
    public Consensus<BlockHeader> head(BlockTag tag, long chainId, Purpose purpose) {
        return new AgreedHead(settings, members.size(), judgement, purpose).find(Panel.of(members), tag, chainId);
    }

    /** Where each node stands, in the order of the configuration. */
    public List<NodeStanding> standings() {
        return members.stream().map(Member::told).toList();
    }

    /** Closes the nodes. */
    @Override
    public void close() {
        members.forEach(Member::close);
    }
}
