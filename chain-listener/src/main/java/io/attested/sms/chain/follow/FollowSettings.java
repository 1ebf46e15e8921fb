package io.attested.sms.chain.follow;

import io.attested.sms.chain.SettlementRule;
import io.attested.sms.chain.SettlementRule.Depth;
import io.attested.sms.chain.SettlementRule.Tag;
import java.time.Duration;
import java.util.Optional;

/**
 * How a chain is followed.
 *
 * @param rule which blocks are settled
 * @param window most blocks between the settled block and the head; a rule by depth must fit into it
 * @param tail blocks kept below the settled block, so that what was read there a moment ago can still be remembered
 * @param headAge oldest head that decisions are made at, against the clock; empty accepts any, for chains that mine on
 *     demand
 * @param settledAge the same for the settled block
 * @param ahead how much later than the clock a head may be
 * @param silence longest time since the head was last asked for with success; after that nothing known counts
 * @param logSpan most blocks to ask events of at once
 * @param remembered most entities of each kind held in memory
 */
public record FollowSettings(
        SettlementRule rule,
        int window,
        int tail,
        Optional<Duration> headAge,
        Optional<Duration> settledAge,
        Duration ahead,
        Duration silence,
        int logSpan,
        int remembered) {
    /** Headers asked for at once. */
    public static final int MOST_HEADERS = 256;

    /** @throws IllegalArgumentException when a value is out of its range */
    public FollowSettings {
        require(window >= 1, "the window must have at least one block");
        require(fits(rule, window), "the depth must fit into the window");
        require(tail >= 0, "the tail is not negative");
        require(headAge.filter(age -> !age.isPositive()).isEmpty(), "the age of a head must be positive");
        require(settledAge.filter(age -> !age.isPositive()).isEmpty(), "the age of a settled block must be positive");
        require(silence.isPositive(), "the silence allowed must be positive");
        require(!ahead.isNegative(), "the bound on a head's lead is not negative");
        require(logSpan >= 1, "events are asked of at least one block");
        require(remembered >= 1, "at least one entity must be remembered");
    }

    private static boolean fits(SettlementRule rule, int window) {
        return switch (rule) {
            case Depth depth -> depth.blocks() <= window;
            case Tag _ -> true;
        };
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
