package io.attested.sms.chain.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.OwnerLookup;
import io.attested.sms.chain.TaskLookup;
import io.attested.sms.chain.TrustLevel;
import io.attested.sms.chain.checked.CheckedChainSettings;
import io.attested.sms.chain.checked.CheckedScene;
import io.attested.sms.chain.follow.FollowSettings;
import io.attested.sms.chain.follow.Standing;
import io.attested.sms.chain.testbed.Faults;
import io.attested.sms.contracts.testbed.Wallet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever asks for tasks that do not exist must not take the chain away from those that do. */
class FloodTest {
    private static final Duration SILENCE = Duration.ofSeconds(8);

    private final CheckedScene scene = new CheckedScene();
    private final AtomicBoolean flooding = new AtomicBoolean(true);
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Instant now = Instant.now();

    @AfterEach
    void stop() {
        flooding.set(false);
        scene.close();
    }

    private LiveChain open(Duration interval, Duration silence) {
        return open(interval, silence, scene.clock());
    }

    private LiveChain open(Duration interval, Duration silence, InstantSource clock) {
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
        LiveChain chain =
                LiveChain.open(new LiveChainSettings(settings, follow, interval, List.of()), LivePorts.silent(), clock);
        CheckedScene.eventually(() -> assertThat(chain.standing()).isInstanceOf(Standing.Following.class));
        return chain;
    }

    private void flood(LiveChain chain, int threads) {
        for (int i = 0; i < threads; i++) {
            Thread.ofVirtual().start(() -> {
                while (flooding.get()) {
                    chain.taskAtHead(unknown());
                    pause(20);
                }
            });
        }
    }

    /** So many at once that most share a look. */
    private void useUpLooks(LiveChain chain) {
        AtomicInteger looks = new AtomicInteger(LookBudget.BURST);
        List<Thread> askers = IntStream.range(0, 250)
                .mapToObj(i -> Thread.ofVirtual().start(() -> {
                    while (looks.get() > 0) {
                        if (chain.taskAtHead(unknown()) instanceof TaskLookup.Unknown) {
                            looks.decrementAndGet();
                        }
                    }
                }))
                .toList();
        for (Thread asker : askers) {
            try {
                asker.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Bytes32 unknown() {
        return Bytes32.parse("0x%064x".formatted(1L + asked.incrementAndGet()));
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void during(Duration time, Runnable check) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            pause(200);
            check.run();
        }
    }

    @Test
    void whatIsRememberedIsServedHoweverManyUnknownTasksAreAskedFor() {
        Bytes32 task = scene.settledTask();
        try (LiveChain chain = open(Duration.ofMillis(200), SILENCE)) {
            CheckedScene.found(chain.task(task));
            scene.nodes.forEach(node -> node.misbehave(Faults.delay(Duration.ofMillis(400))));

            flood(chain, 400);
            during(SILENCE.plusSeconds(1), () -> assertThat(chain.task(task)).isInstanceOf(TaskLookup.Found.class));
        }
    }

    @Test
    void whatIsNotRememberedIsReadWhileFewerUnknownTasksAreAskedForThanNodesAnswer() {
        try (LiveChain chain = open(Duration.ofMillis(200), SILENCE)) {
            scene.nodes.forEach(node -> node.misbehave(Faults.delay(Duration.ofMillis(100))));

            flood(chain, 60);
            // No registry knows the hub, so its owner is asked for each time.
            for (int i = 0; i < 10; i++) {
                CheckedScene.eventually(
                        () -> assertThat(chain.owner(scene.hub())).isInstanceOf(OwnerLookup.Owner.class));
            }
        }
    }

    @Test
    void manyWhoAskForTheSameTaskAtOnceWaitForOneReading() throws Exception {
        Bytes32 task = scene.settledTask();
        try (LiveChain chain = open(Duration.ofHours(1), Duration.ofHours(2));
                ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
            // So long that they would wait for their turns at the nodes longer than anybody may.
            scene.nodes.forEach(node -> node.misbehave(Faults.delay(Duration.ofMillis(600))));
            List<Callable<TaskLookup>> questions = Collections.nCopies(300, () -> chain.task(task));

            for (Future<TaskLookup> answer : askers.invokeAll(questions)) {
                assertThat(answer.get()).isInstanceOf(TaskLookup.Found.class);
            }
        }
    }

    @Test
    void unknownTasksDoNotMakeTheFollowerAskWithoutPause() {
        Duration spacing = Duration.ofMillis(250);
        try (LiveChain chain = open(spacing.multipliedBy(8), Duration.ofMinutes(1))) {
            scene.resetCounts();
            long start = System.nanoTime();
            flood(chain, 4);
            pause(3000);
            CheckedScene.eventually(() -> assertThat(scene.nodes.getFirst().calls("eth_getBlockByNumber"))
                    .isPositive());
            long heads = scene.nodes.getFirst().calls("eth_getBlockByNumber");
            long spacings = Duration.ofNanos(System.nanoTime() - start).dividedBy(spacing);

            assertThat(asked.get()).isPositive();
            assertThat(heads).isLessThanOrEqualTo(spacings + 1);
        }
    }

    @Test
    void onceLooksAreUsedUpTheFirstAnswerStandsUntilSomeComeBack() {
        try (LiveChain chain = open(Duration.ofHours(1), Duration.ofHours(2), () -> now)) {
            useUpLooks(chain);
            Address app = Address.parse(scene.scenario.createApp(
                    Wallet.APP_DEVELOPER, "registry.test/app:3", CheckedScene.CHECKSUM, new byte[] {'x'}));
            scene.resetCounts();

            assertThat(chain.owner(app)).isInstanceOf(OwnerLookup.NoOwner.class);
            assertThat(scene.nodes.getFirst().calls("eth_getBlockByNumber")).isZero();
            now = now.plusSeconds(1);
            assertThat(chain.owner(app)).isInstanceOf(OwnerLookup.Owner.class);
        }
    }

    @Test
    void rateLimitReachedByUnknownTasksDoesNotSilenceTheFollower() {
        Bytes32 task = scene.settledTask();
        try (LiveChain chain = open(Duration.ofMillis(200), SILENCE)) {
            CheckedScene.found(chain.task(task));
            // What a provider does whose quota is used up: one refusal with Retry-After.
            scene.nodes.forEach(node -> node.misbehave(Faults.tooManyRequests(1, "60")));
            chain.taskAtHead(unknown());

            during(SILENCE.plusSeconds(1), () -> assertThat(chain.task(task)).isInstanceOf(TaskLookup.Found.class));
            assertThat(chain.taskAtHead(unknown())).isInstanceOf(TaskLookup.Unavailable.class);
        }
    }
}
