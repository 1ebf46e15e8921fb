package io.attested.sms.chain.live;

import io.attested.sms.chain.checked.CheckedChainSettings;
import io.attested.sms.chain.follow.FollowSettings;
import io.attested.sms.chain.rpc.HeadSubscription;
import java.time.Duration;
import java.util.List;

/**
 * Which chain, and how it is followed.
 *
 * @param checked nodes, hub and what an answer must pass
 * @param follow how the follower keeps up; its rule of settlement must be that of {@code checked}
 * @param interval between two looks at the head when nothing hints at a new one; positive
 * @param subscriptions where hints of new heads come from; may be empty
 */
public record LiveChainSettings(
        CheckedChainSettings checked,
        FollowSettings follow,
        Duration interval,
        List<HeadSubscription.Settings> subscriptions) {
    /** @throws IllegalArgumentException when the parts do not fit together */
    public LiveChainSettings {
        subscriptions = List.copyOf(subscriptions);
        if (!interval.isPositive()) {
            throw new IllegalArgumentException("the interval must be positive");
        }
        if (!follow.rule().equals(checked.rule())) {
            throw new IllegalArgumentException("decisions and follower must share one rule of settlement");
        }
        if (follow.silence().compareTo(interval) <= 0) {
            throw new IllegalArgumentException(
                    "the silence allowed must be longer than the interval between two looks");
        }
    }
}
