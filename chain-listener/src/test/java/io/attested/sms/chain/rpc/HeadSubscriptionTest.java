package io.attested.sms.chain.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.testbed.Misbehaviour.SocketFault;
import io.attested.sms.chain.testbed.ScriptedNode;
import io.attested.sms.contracts.testbed.LocalChain;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Heads over a real WebSocket, from a real chain, through a node that breaks off. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeadSubscriptionTest {
    private LocalChain chain;
    private ScriptedNode scripted;
    private Hints hints = new Hints();
    private HeadSubscription subscription;

    @BeforeAll
    void start() {
        chain = LocalChain.anvil();
    }

    @AfterAll
    void stop() {
        chain.stop();
    }

    @BeforeEach
    void open() {
        scripted = ScriptedNode.before(chain.url());
        hints = new Hints();
        subscription = HeadSubscription.start(
                new HeadSubscription.Settings(
                        "one",
                        scripted.socketUrl(),
                        Duration.ofSeconds(20),
                        Duration.ofMillis(600),
                        Duration.ofMillis(20),
                        Duration.ofMillis(100)),
                hints);
    }

    @AfterEach
    void close() {
        subscription.close();
        scripted.close();
    }

    @Test
    void headWhenABlockIsMinedThenTold() throws InterruptedException {
        hints.await("subscribed");
        assertHeadComes();
    }

    @ParameterizedTest
    @EnumSource
    void headWhenTheSocketMisbehavesThenLostAndTakenUpAgainByItself(SocketFault fault) throws InterruptedException {
        hints.await("subscribed");
        scripted.misbehave(fault);
        scripted.cutConnections();

        hints.await("lost");
        hints.await("lost");
        scripted.behave();

        hints.clear();
        hints.await("subscribed");
        assertHeadComes();
    }

    @Test
    void closeWhenSubscribedThenNothingIsTriedAgain() throws InterruptedException {
        hints.await("subscribed");
        subscription.close();
        Thread.sleep(50);
        scripted.resetCounts();
        Thread.sleep(200);

        assertThat(scripted.connections()).isZero();
    }

    /** The first block may be mined before the other side looks for the first time, and others while it is away. */
    private void assertHeadComes() throws InterruptedException {
        long before = chain.height();
        for (int i = 0; i < 300; i++) {
            chain.mine(1);
            if (hints.headAbove(before, Duration.ofMillis(200))) {
                return;
            }
        }
        assertThat(hints.told).as("no head above " + before).isNull();
    }

    /** What was told, in order. */
    private static final class Hints implements HeadHints {
        private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

        @Override
        public void head(String node, long number, Bytes32 hash) {
            told.add("head " + number);
        }

        @Override
        public void subscribed(String node) {
            told.add("subscribed");
        }

        @Override
        public void lost(String node, String why) {
            assertThat(why).doesNotContain("127.0.0.1");
            told.add("lost");
        }

        void clear() {
            told.clear();
        }

        void await(String what) throws InterruptedException {
            for (String next = told.poll(1, TimeUnit.MINUTES); !what.equals(next); ) {
                assertThat(next).as("waiting for " + what).isNotNull();
                next = told.poll(1, TimeUnit.MINUTES);
            }
        }

        boolean headAbove(long height, Duration patience) throws InterruptedException {
            String next = told.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            while (next != null && !next.startsWith("head ")) {
                next = told.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            }
            return next != null && Long.parseLong(next.substring("head ".length())) > height;
        }
    }
}
