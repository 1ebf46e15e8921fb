package io.attested.sms.chain.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.TrustLevel;
import io.attested.sms.chain.checked.CheckedChainSettings;
import io.attested.sms.chain.checked.CheckedScene;
import io.attested.sms.chain.follow.FollowSettings;
import io.attested.sms.chain.follow.Standing;
import io.attested.sms.chain.quorum.NodeStanding;
import io.attested.sms.chain.testbed.Faults;
import io.attested.sms.chain.testbed.Lies;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One of three nodes is doubted, with or without reason; then another falls silent. */
class LosingBranchTest {
    private final CheckedScene scene = new CheckedScene();

    @AfterEach
    void stop() {
        scene.close();
    }

    private LiveChain open() {
        Bytes32 task = scene.settledTask();
        CheckedChainSettings settings = scene.settings(3, 2, TrustLevel.QUORUM);
        FollowSettings follow = new FollowSettings(
                settings.rule(),
                200,
                16,
                settings.headAge(),
                settings.settledAge(),
                Duration.ofDays(1),
                Duration.ofSeconds(3),
                500,
                1000);
        LiveChain chain = LiveChain.open(
                new LiveChainSettings(settings, follow, Duration.ofMillis(100), List.of()),
                LivePorts.silent(),
                scene.clock());
        CheckedScene.eventually(() -> assertThat(chain.standing()).isInstanceOf(Standing.Following.class));
        CheckedScene.eventually(() -> CheckedScene.found(chain.task(task)));
        return chain;
    }

    /** Longer than the follower may be without a head. */
    private void followsNewBlocks(LiveChain chain) throws InterruptedException {
        Thread.sleep(4000);
        scene.chain.mine(2);
        CheckedScene.eventually(() -> assertThat(chain.standing())
                .isInstanceOfSatisfying(
                        Standing.Following.class,
                        at -> assertThat(at.head().number()).isEqualTo(scene.chain.height())));
    }

    @Test
    void nodeThatToldABlockOfALosingBranchIsNotBenched() throws InterruptedException {
        try (LiveChain chain = open()) {
            // Another head of the same height, as on a branch that loses.
            scene.nodes.get(0).misbehave(Lies.otherBlock(1));
            Thread.sleep(1000);
            assertThat(chain.nodes().getFirst().standing()).isEqualTo(NodeStanding.Standing.GOOD);

            scene.nodes.get(0).behave();
            scene.nodes.get(1).misbehave(Faults.drop());
            followsNewBlocks(chain);
        }
    }

    @Test
    void benchedNodeIsAskedWhenWithoutItTooFewAreLeft() throws InterruptedException {
        try (LiveChain chain = open()) {
            scene.nodes.get(0).misbehave(Lies.chainId(1));
            CheckedScene.eventually(
                    () -> assertThat(chain.nodes().getFirst().standing()).isEqualTo(NodeStanding.Standing.BENCHED));
            scene.nodes.get(0).behave();
            scene.nodes.get(1).misbehave(Faults.drop());
            followsNewBlocks(chain);
        }
    }
}
