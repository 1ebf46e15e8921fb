package io.attested.sms.chain.quorum;

import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.quorum.NodeStanding.Standing;
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

/**
 * Several nodes as one: a question goes to all at once, one round trip each, and is answered as soon as enough agree.
 *
 * <p>Guarantee: an agreed value is what {@code needed} nodes said, compared by {@link RoundTrip#canonical}; fewer lying
 * nodes than that can delay an answer but not falsify it. A node that said something else than the agreed value, sooner
 * or later, is named and benched: not asked for a while, then asked on probation, and counted again once it has agreed.
 *
 * <p>Not guaranteed: that the nodes are independent of one another. One node with {@code needed} 1 is believed. Safe for
 * many threads; a call blocks no longer than the deadline, {@link #head} twice that.
 */
public final class Quorum implements AutoCloseable {
    private final QuorumSettings settings;
    private final List<Member> members;
    private final QuorumEvents events;

    private Quorum(QuorumSettings settings, List<Member> members, QuorumEvents events) {
        this.settings = settings;
        this.members = members;
        this.events = events;
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
                events);
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
        Poll<T> poll = Poll.start(asked(), trip, purpose);
        long deadline = System.nanoTime() + settings.deadline().toNanos();
        Map<Member, Vote<T>> votes =
                poll.await(deadline, some -> new Tally<>(some, needed).decided(poll.size() - some.size()));
        Tally<T> tally = new Tally<>(votes, needed);
        Optional<Tally.Group<T>> agreed = tally.agreed();
        if (agreed.isEmpty()) {
            return refused(tally, purpose, poll);
        }
        Object canonical = agreed.get().canonical();
        poll.judge((member, vote) -> judge(member, vote, purpose, canonical));
        return new Consensus.Agreed<>(
                agreed.get().value(), List.copyOf(agreed.get().names()), members.size());
    }

    /**
     * The highest block that enough nodes have: of the heights they tell, the one that so many have reached, or below it
     * where their hashes agree. A node that is behind does not disagree.
     *
     * @param tag the head, or what the nodes call safe or final
     */
    public Consensus<BlockHeader> head(BlockTag tag, long chainId, Purpose purpose) {
        return new AgreedHead(settings, members.size(), this::judge, this::refused)
                .find(asked(), tag, chainId, purpose);
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

    private List<Member> asked() {
        return members.stream()
                .filter(member -> member.standing() != Standing.BENCHED)
                .toList();
    }

    private <T, V> Consensus<T> refused(Tally<T> tally, Purpose purpose, Poll<V> poll) {
        poll.judge((member, vote) -> {
            if (vote instanceof Vote.Silent<V> silent) {
                events.failed(member.name(), purpose, silent.why().failure());
            }
        });
        Consensus.Refused<T> refused = tally.refused();
        if (refused instanceof Consensus.Disagreement<T> split) {
            events.split(split.nodes(), purpose);
        }
        return refused;
    }

    private <T> void judge(Member member, Vote<T> vote, Purpose purpose, Object canonical) {
        switch (vote) {
            case Vote.Said<T> said -> judge(member, purpose, said.canonical().equals(canonical));
            case Vote.Silent<T> silent -> {
                Kind kind = silent.why().failure().kind();
                events.failed(member.name(), purpose, silent.why().failure());
                if (kind == Kind.WRONG_CHAIN || kind == Kind.INCONSISTENT || kind == Kind.UNPROVEN) {
                    judge(member, purpose, false);
                }
            }
        }
    }

    private void judge(Member member, Purpose purpose, boolean agrees) {
        if (!agrees) {
            events.disagreed(member.name(), purpose, member.disagreed());
        } else if (member.agreed()) {
            events.returned(member.name());
        }
    }
}
