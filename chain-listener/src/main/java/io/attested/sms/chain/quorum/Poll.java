package io.attested.sms.chain.quorum;

import io.attested.sms.chain.rpc.Purpose;
import io.attested.sms.chain.rpc.RoundTrip;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** One question on its way to several nodes, each on its own thread, and what has come back. */
final class Poll<T> {
    private final List<Member> members;
    private final Map<Member, Vote<T>> votes = new LinkedHashMap<>();
    private Optional<BiConsumer<Member, Vote<T>>> judge = Optional.empty();

    private Poll(List<Member> members) {
        this.members = members;
    }

    static <T> Poll<T> start(List<Member> members, RoundTrip<T> trip, Purpose purpose) {
        Poll<T> poll = new Poll<>(members);
        for (Member member : members) {
            Thread.ofVirtual().name("chain-" + member.name()).start(() -> poll.cast(member, member.ask(trip, purpose)));
        }
        return poll;
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
            while (votes.size() < members.size() && !enough.test(votes) && left > 0) {
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

    int size() {
        return members.size();
    }

    private synchronized void cast(Member member, Vote<T> vote) {
        votes.put(member, vote);
        judge.ifPresent(by -> by.accept(member, vote));
        notifyAll();
    }
}
