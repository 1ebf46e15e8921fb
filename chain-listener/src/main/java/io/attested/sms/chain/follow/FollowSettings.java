package io.attested.sms.chain.follow;

import io.attested.sms.chain.follow.SettlementRule.Depth;
import io.attested.sms.chain.follow.SettlementRule.Tag;
import java.time.Duration;

/**
 * How a chain is followed.
 *
 * @param rule which blocks are settled
 * @param window most blocks between the settled block and the head; a rule by depth must fit into it
 * @param tail blocks kept below the settled block, so that what was read there a moment ago can still be remembered
 * @param headAge oldest head that decisions are made at, against the clock
 * @param settledAge oldest settled block that decisions are made at, against the clock
 * @param ahead how much later than the clock a head may be
 * @param logSpan most blocks to ask events of at once
 * @param remembered most entities of each kind held in memory
 */
public record FollowSettings(
        SettlementRule rule,
        int window,
        int tail,
        Duration headAge,
        Duration settledAge,
        Duration ahead,
        int logSpan,
        int remembered) {
    /** Headers asked for at once. */
    public static final int MOST_HEADERS = 256;

    /** @throws IllegalArgumentException when a value is out of its range */
    public FollowSettings {
        require(window >= 1, "the window must have at least one block");
        require(fits(rule, window), "the depth must fit into the window");
        require(tail >= 0, "the tail is not negative");
        require(headAge.isPositive() && settledAge.isPositive(), "the ages must be positive");
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
