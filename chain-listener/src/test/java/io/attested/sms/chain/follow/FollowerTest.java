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

@Timeout(300)
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
    void stepsAreSpacedHoweverOftenItIsHintedAt() throws InterruptedException {
        Rig rig = rig();
        try (Follower follower = Follower.start(rig.follower, LONG)) {
            await(() -> following(rig));
            long start = System.nanoTime();
            rig.chain.questions.set(0);
            while (rig.chain.questions.get() == 0
                    || System.nanoTime() - start < Duration.ofSeconds(1).toNanos()) {
                follower.hint();
                Thread.sleep(1);
            }
            int questions = rig.chain.questions.get();
            long spacings = Duration.ofNanos(System.nanoTime() - start).dividedBy(Follower.LONGEST_SPACING);
            // A step at an unchanged head asks one question.
            assertThat(questions).isLessThanOrEqualTo((int) spacings + 2);
        }
    }

    @Test
    void eachLookInTurnHasAStepOfItsOwn() throws InterruptedException {
        Rig rig = rig();
        try (Follower follower = Follower.start(rig.follower, LONG)) {
            await(() -> following(rig));
            for (int i = 0; i < 3; i++) {
                int asked = rig.chain.questions.get();
                assertThat(follower.look(LONG)).isTrue();
                assertThat(rig.chain.questions.get()).isGreaterThan(asked);
            }
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
