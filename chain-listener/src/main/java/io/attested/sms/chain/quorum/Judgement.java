package io.attested.sms.chain.quorum;

import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.rpc.BlockHeader;
import io.attested.sms.chain.rpc.Purpose;
import java.time.Duration;

/** What becomes of nodes for what they said, and who is told. */
final class Judgement {
    private final QuorumEvents events;

    Judgement(QuorumEvents events) {
        this.events = events;
    }

    /** A vote on what is the same on every node that has the block: a different one is a lie. */
    <T> void fact(Member member, Vote<T> vote, Purpose purpose, Object agreed) {
        switch (vote) {
            case Vote.Said<T> said -> {
                if (said.canonical().equals(agreed)) {
                    agreed(member);
                } else {
                    disagreed(member, purpose);
                }
            }
            case Vote.Silent<T> silent -> silent(member, silent, purpose);
        }
    }

    /** A vote on a head. A block of another height says nothing about the agreed one. */
    void block(Member member, Vote<BlockHeader> vote, Purpose purpose, BlockHeader agreed) {
        if (!(vote instanceof Vote.Said<BlockHeader> said) || said.value().number() == agreed.number()) {
            branch(member, vote, purpose, agreed, agreed.number());
        }
    }

    /** A vote on blocks by their heights, the last of this one. A different one may be of a branch that loses. */
    <T> void branch(Member member, Vote<T> vote, Purpose purpose, Object agreed, long height) {
        switch (vote) {
            case Vote.Said<T> said -> {
                if (said.canonical().equals(agreed)) {
                    member.onBranch();
                    agreed(member);
                } else if (member.strayed(height)) {
                    events.disagreed(member.name(), purpose, Duration.ZERO);
                }
            }
            case Vote.Silent<T> silent -> silent(member, silent, purpose);
        }
    }

    /**
     * How far from the agreed head a node's own is. One far below, look after look, is stuck or keeps blocks back; one
     * far above those of enough others tells of blocks that nobody has.
     */
    void distance(Member member, Vote<BlockHeader> vote, Purpose purpose, BlockHeader agreed, Heads prompt) {
        if (!(vote instanceof Vote.Said<BlockHeader> said)) {
            return;
        }
        long blocks = agreed.number() - said.value().number();
        if (blocks > Heads.CLOSE) {
            member.outOfStep().ifPresent(bench -> events.behind(member.name(), blocks, bench));
        } else if (prompt.farAbove(member, said.value().number())) {
            member.outOfStep().ifPresent(bench -> events.disagreed(member.name(), purpose, bench));
        } else {
            member.inStep();
        }
    }

    /** A poll without agreement. */
    <T, V> Consensus<T> refused(Tally<T> tally, Purpose purpose, Poll<V> poll) {
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

    private <T> void silent(Member member, Vote.Silent<T> silent, Purpose purpose) {
        Kind kind = silent.why().failure().kind();
        events.failed(member.name(), purpose, silent.why().failure());
        if (kind == Kind.WRONG_CHAIN || kind == Kind.INCONSISTENT || kind == Kind.UNPROVEN) {
            disagreed(member, purpose);
        }
    }

    private void disagreed(Member member, Purpose purpose) {
        member.disagreed().ifPresent(bench -> events.disagreed(member.name(), purpose, bench));
    }

    private void agreed(Member member) {
        if (member.agreed()) {
            events.returned(member.name());
        }
    }
}
