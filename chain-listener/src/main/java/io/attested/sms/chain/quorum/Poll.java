package io.attested.sms.chain.quorum;

import io.attested.sms.chain.rpc.Purpose;
import io.attested.sms.chain.rpc.RoundTrip;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** One question on its way to several nodes, each on its own thread, and what has come back. One thread waits for it. */
final class Poll<T> {
    private final RoundTrip<T> trip;
    private final Purpose purpose;
    private final Map<Member, Vote<T>> votes = new LinkedHashMap<>();
    private List<Member> reserve;
    private int asked;
    private Optional<BiConsumer<Member, Vote<T>>> judge = Optional.empty();

    private Poll(RoundTrip<T> trip, Purpose purpose, List<Member> reserve) {
        this.trip = trip;
        this.purpose = purpose;
        this.reserve = reserve;
    }

    static <T> Poll<T> start(Panel panel, RoundTrip<T> trip, Purpose purpose) {
        // Standing is read once for each node, so one that is benched meanwhile is not asked twice.
        Poll<T> poll = new Poll<>(trip, purpose, panel.reserve());
        poll.ask(panel.asked());
        return poll;
    }

    /** Asks the benched ones too, once. */
    synchronized void askReserve() {
        List<Member> more = reserve;
        reserve = List.of();
        ask(more);
    }

    /**
     * Waits until the votes are enough, all have come, or the time is over.
     *
     * @param deadline of {@link System#nanoTime}
     * @return the votes so far
     */
    synchronized Map<Member, Vote<T>> await(long deadline, Predicate<Map<Member, Vote<T>>> enough) {
        try {
            long left = deadline - System.nanoTime();
            while (votes.size() < asked && !enough.test(votes) && left > 0) {
                wait(left / 1_000_000, (int) (left % 1_000_000));
                left = deadline - System.nanoTime();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new LinkedHashMap<>(votes);
    }

    /** Each vote is judged, those that come late too. */
    synchronized void judge(BiConsumer<Member, Vote<T>> by) {
        judge = Optional.of(by);
        votes.forEach(by);
    }

    /** How many of those asked have not voted. */
    synchronized int outstanding() {
        return asked - votes.size();
    }

    /** Whether there is somebody left to wait for or to ask. */
    synchronized boolean incomplete() {
        return outstanding() > 0 || !reserve.isEmpty();
    }

    private synchronized void ask(List<Member> members) {
        asked += members.size();
        for (Member member : members) {
            Thread.ofVirtual().name("chain-" + member.name()).start(() -> cast(member, member.ask(trip, purpose)));
        }
    }

    private synchronized void cast(Member member, Vote<T> vote) {
        votes.put(member, vote);
        judge.ifPresent(by -> by.accept(member, vote));
        notifyAll();
    }
}
