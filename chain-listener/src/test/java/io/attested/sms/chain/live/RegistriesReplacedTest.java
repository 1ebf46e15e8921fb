package io.attested.sms.chain.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.TaskLookup;
import io.attested.sms.chain.TrustLevel;
import io.attested.sms.chain.checked.CheckedChainSettings;
import io.attested.sms.chain.checked.CheckedScene;
import io.attested.sms.chain.follow.FollowSettings;
import io.attested.sms.chain.follow.Standing;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The hub's {@code changeRegistries} emits no event (IexecConfigurationExtraFacet of PoCo 6). */
class RegistriesReplacedTest {
    /** Where the hub keeps its registry of applications. */
    private static final Bytes32 APP_REGISTRY =
            Bytes32.parse("0x5862653c6982c162832160cf30593645e8487b257e44d77cdd6b51eee2651b00");

    private final CheckedScene scene = new CheckedScene();

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void rememberedTaskIsServedOnlyWhileTheHubKnowsItsAssets() throws InterruptedException {
        Bytes32 task = scene.settledTask();
        CheckedChainSettings settings = scene.settings(3, 2, TrustLevel.QUORUM);
        FollowSettings follow = new FollowSettings(
                settings.rule(),
                200,
                16,
                settings.headAge(),
                settings.settledAge(),
                Duration.ofDays(1),
                Duration.ofHours(1),
                500,
                1000);
        try (LiveChain chain = LiveChain.open(
                new LiveChainSettings(settings, follow, Duration.ofMillis(100), List.of()),
                LivePorts.silent(),
                scene.clock())) {
            CheckedScene.eventually(() -> assertThat(chain.standing()).isInstanceOf(Standing.Following.class));
            CheckedScene.found(chain.task(task));

            scene.write(scene.poco.hub(), APP_REGISTRY, Bytes32.parse("0x" + CheckedScene.word(scene.hub())));
            scene.chain.mine(30);
            chain.look();
            chain.checkHub();

            assertThat(chain.checked().task(task)).as("read anew").isNotInstanceOf(TaskLookup.Found.class);
            assertThat(chain.task(task)).as("remembered").isNotInstanceOf(TaskLookup.Found.class);
        }
    }
}
