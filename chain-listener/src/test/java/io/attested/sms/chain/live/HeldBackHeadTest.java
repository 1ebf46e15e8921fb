package io.attested.sms.chain.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.TaskFacts;
import io.attested.sms.chain.TaskLookup;
import io.attested.sms.chain.TrustLevel;
import io.attested.sms.chain.checked.CheckedChainSettings;
import io.attested.sms.chain.checked.CheckedScene;
import io.attested.sms.chain.follow.FollowSettings;
import io.attested.sms.chain.follow.Standing;
import io.attested.sms.chain.testbed.Faults;
import io.attested.sms.chain.testbed.Lies;
import io.attested.sms.contracts.testbed.Wallet;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One node of three keeps the head back while another honest one is a little slow. */
class HeldBackHeadTest {
    private static final Duration SILENCE = Duration.ofSeconds(2);

    private final CheckedScene scene = new CheckedScene();

    @AfterEach
    void stop() {
        scene.close();
    }

    private LiveChain open(Duration silence) {
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
                new LiveChainSettings(settings, follow, Duration.ofMillis(100), List.of()),
                LivePorts.silent(),
                scene.clock());
        CheckedScene.eventually(() -> assertThat(chain.standing()).isInstanceOf(Standing.Following.class));
        return chain;
    }

    @Test
    void saleIsSeenAlthoughOneNodeKeepsTheHeadBackAndAnHonestOneIsSlow() throws InterruptedException {
        Bytes32 task = scene.settledTask();
        try (LiveChain chain = open(SILENCE)) {
            CheckedScene.eventually(() -> CheckedScene.found(chain.task(task)));
            TaskFacts before = CheckedScene.found(chain.task(task));
            assertThat(before.atHead().datasetOwner()).contains(CheckedScene.address(Wallet.DATASET_OWNER));
            scene.nodes.get(0).misbehave(Lies.headAt(before.head().number()));
            scene.nodes.get(1).misbehave(Faults.delay(Duration.ofMillis(1500)));

            scene.scenario.transferDataset(
                    before.dataset().orElseThrow().address().value(), Wallet.DATASET_OWNER, Wallet.STRANGER);
            scene.chain.mine(20);
            Thread.sleep(SILENCE.multipliedBy(3).toMillis());

            // Either the sale is seen, or nothing is served; two of three nodes are honest and answer within two
            // seconds.
            if (chain.task(task) instanceof TaskLookup.Found(TaskFacts later)) {
                assertThat(later.atHead().datasetOwner()).contains(CheckedScene.address(Wallet.STRANGER));
            }
        }
    }

    @Test
    void oneNodeThatWentBackDoesNotStopTheServiceWhileAnHonestOneIsSlow() throws InterruptedException {
        Bytes32 task = scene.settledTask();
        try (LiveChain chain = open(Duration.ofMinutes(1))) {
            CheckedScene.found(chain.task(task));
            scene.nodes.get(0).misbehave(Lies.headAt(1));
            scene.nodes.get(1).misbehave(Faults.delay(Duration.ofMillis(600)));
            Thread.sleep(3000);

            assertThat(chain.standing()).isInstanceOf(Standing.Following.class);
        }
    }
}
