package io.attested.sms.chain.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.chain.SettlementRule.Depth;
import io.attested.sms.chain.follow.Standing.Following;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FollowerTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    private static Rig rig() {
        FakeChain chain = new FakeChain();
        chain.mine(50);
        return new Rig(chain, Rig.settings(new Depth(3)));
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plusSeconds(30);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("waited for too long").isBefore(end);
            Thread.sleep(2);
        }
    }

    private static boolean following(Rig rig) {
        return rig.facts().standing() instanceof Following;
    }

    @Test
    void threadStartsByItselfAndEndsWhenClosed() throws InterruptedException {
        Rig rig = rig();
        try (Follower _ = Follower.start(rig.follower, LONG)) {
            await(() -> following(rig));
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("chain-follower"));
    }

    @Test
    void hintMakesAStepBeforeTheIntervalEnds() throws InterruptedException {
        Rig rig = rig();
        rig.chain.down = true;
        try (Follower follower = Follower.start(rig.follower, LONG)) {
            await(() -> rig.chain.questions.get() > 0);
            rig.chain.down = false;
            follower.hint();
            await(() -> following(rig));
        }
    }

    @Test
    void brokenStoreDoesNotEndTheFollowing() throws InterruptedException {
        Rig rig = rig();
        rig.storeBroken = true;
        try (Follower _ = Follower.start(rig.follower, Duration.ofMillis(5))) {
            await(() -> rig.chain.questions.get() > 20);
            assertThat(following(rig)).isFalse();
            rig.storeBroken = false;
            await(() -> following(rig));
        }
    }

    @Test
    void intervalMustBePositive() {
        assertThatThrownBy(() -> Follower.start(rig().follower, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
