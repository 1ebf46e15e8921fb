package io.attested.sms.chain.live;

import io.attested.sms.chain.follow.FollowedFacts;
import io.attested.sms.chain.follow.Follower;
import io.attested.sms.chain.follow.Standing;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Asks once more after a look at the head, where an answer may only be a matter of time: whoever asks may have seen a
 * newer block than the follower, and a block that is read may be gone.
 *
 * <p>Anybody can ask for what does not exist, so that is bounded. What was not found is not asked for again at the same
 * blocks; and where {@link LookBudget} is used up there is neither look nor second reading, and the first answer stands.
 */
final class SecondLook {
    private final FollowedFacts facts;
    private final Follower follower;
    private final Duration patience;
    private final LookBudget budget;
    private final MemoryMeter meter;

    SecondLook(FollowedFacts facts, Follower follower, Duration patience, LookBudget budget, MemoryMeter meter) {
        this.facts = facts;
        this.follower = follower;
        this.patience = patience;
        this.budget = budget;
        this.meter = meter;
    }

    /** What an answer means for a second look. */
    enum Ending {
        /** It stands. */
        FINAL,
        /** Nothing is there, or not yet. Such an answer grants nothing and may be remembered. */
        ABSENT,
        /** A block was reorganised away while it was read, and the follower may not know yet. */
        MOVED
    }

    <K, T> T ask(NegativeAnswers<K, T> known, K asked, Function<T, Ending> ending, Supplier<T> lookup) {
        Standing before = facts.standing();
        T first = answer(known, asked, ending, lookup);
        boolean again = switch (ending.apply(first)) {
            case FINAL -> false;
            case ABSENT -> budget.take() && movedFrom(before);
            case MOVED -> movedFrom(before);
        };
        return again ? answer(known, asked, ending, lookup) : first;
    }

    private <K, T> T answer(NegativeAnswers<K, T> known, K asked, Function<T, Ending> ending, Supplier<T> lookup) {
        Optional<Standing.Following> at = following();
        Optional<T> remembered = at.flatMap(blocks -> known.at(asked, blocks));
        if (remembered.isPresent()) {
            meter.hit();
            return remembered.get();
        }
        T answer = lookup.get();
        if (ending.apply(answer) == Ending.ABSENT && at.isPresent() && at.equals(following())) {
            known.remember(asked, at.get(), answer);
        }
        return answer;
    }

    private Optional<Standing.Following> following() {
        return switch (facts.standing()) {
            case Standing.Following following -> Optional.of(following);
            case Standing.Stopped _ -> Optional.empty();
        };
    }

    private boolean movedFrom(Standing before) {
        try {
            return follower.look(patience) && !facts.standing().equals(before);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
