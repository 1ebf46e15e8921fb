package io.attested.sms.chain.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.OwnerLookup;
import io.attested.sms.chain.TaskLookup;
import io.attested.sms.chain.TrustLevel;
import io.attested.sms.chain.checked.CheckedChainSettings;
import io.attested.sms.chain.checked.CheckedScene;
import io.attested.sms.chain.follow.FollowSettings;
import io.attested.sms.chain.follow.Standing;
import io.attested.sms.chain.testbed.Faults;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever asks for tasks that do not exist must not take the chain away from those that do. */
class FloodTest {
    private static final Duration SILENCE = Duration.ofSeconds(3);

    private final CheckedScene scene = new CheckedScene();
    private final AtomicBoolean flooding = new AtomicBoolean(true);
    private final AtomicInteger asked = new AtomicInteger();

    @AfterEach
    void stop() {
        flooding.set(false);
        scene.close();
    }

    private LiveChain open(Duration interval, Duration silence) {
        CheckedChainSettings settings = scene.settings(3, 2, TrustLevel.QUORUM);
        FollowSettings follow = new FollowSettings(
                settings.rule(),
                200,
                16,
                settings.headAge(),
                settings.settledAge(),
                Duration.ofDays(1),
                silence,
                500,
                1000);
        LiveChain chain = LiveChain.open(
                new LiveChainSettings(settings, follow, interval, List.of()), LivePorts.silent(), scene.clock());
        CheckedScene.eventually(() -> assertThat(chain.standing()).isInstanceOf(Standing.Following.class));
        return chain;
    }

    private void flood(LiveChain chain, int threads) {
        for (int i = 0; i < threads; i++) {
            Thread.ofVirtual().start(() -> {
                while (flooding.get()) {
                    chain.taskAtHead(Bytes32.parse("0x%064x".formatted(1L + asked.incrementAndGet())));
                    pause(20);
                }
            });
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whatIsNotRememberedIsServedWhileUnknownTasksAreAskedFor() {
        Bytes32 task = scene.settledTask();
        try (LiveChain chain = open(Duration.ofMillis(200), SILENCE)) {
            CheckedScene.found(chain.task(task));
            scene.nodes.forEach(node -> node.misbehave(Faults.delay(Duration.ofMillis(700))));
            pause(SILENCE.multipliedBy(2).toMillis());
            assertThat(chain.task(task)).as("slow nodes alone").isInstanceOf(TaskLookup.Found.class);

            flood(chain, 400);
            int refused = 0;
            int stopped = 0;
            for (int i = 0; i < 20; i++) {
                pause(200);
                // No registry knows the hub, so its owner is asked for each time.
                refused += chain.owner(scene.hub()) instanceof OwnerLookup.Unavailable ? 1 : 0;
                stopped += chain.task(task) instanceof TaskLookup.Found ? 0 : 1;
            }
            flooding.set(false);

            System.out.println("asked " + asked + ", cold look-ups refused " + refused + " of 20, warm ones " + stopped
                    + ", " + chain.owner(scene.hub()));
            assertThat(refused).isZero();
            assertThat(stopped).isZero();
        }
    }

    @Test
    void unknownTasksDoNotMakeTheFollowerAskWithoutPause() {
        try (LiveChain chain = open(Duration.ofSeconds(2), Duration.ofMinutes(1))) {
            scene.resetCounts();
            flood(chain, 4);
            pause(4000);
            flooding.set(false);

            long heads = scene.nodes.getFirst().calls("eth_getBlockByNumber");
            System.out.println("asked " + asked + ", heads asked for " + heads + ", exchanges of one node "
                    + scene.nodes.getFirst().roundTrips());
            assertThat(heads).isLessThan(20);
        }
    }

    @Test
    void rateLimitReachedByUnknownTasksDoesNotSilenceTheFollower() {
        Bytes32 task = scene.settledTask();
        try (LiveChain chain = open(Duration.ofMillis(200), SILENCE)) {
            CheckedScene.found(chain.task(task));
            // What a provider does whose quota is used up: one refusal with Retry-After.
            scene.nodes.forEach(node -> node.misbehave(Faults.tooManyRequests(1, "20")));
            chain.taskAtHead(Bytes32.parse("0x%064x".formatted(7L)));
            pause(SILENCE.multipliedBy(2).toMillis());

            assertThat(chain.task(task)).isInstanceOf(TaskLookup.Found.class);
        }
    }
}
