package io.attested.sms.chain.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.OwnerLookup;
import io.attested.sms.chain.SettlementRule;
import io.attested.sms.chain.TaskFacts;
import io.attested.sms.chain.TaskLookup;
import io.attested.sms.chain.TaskStatus;
import io.attested.sms.chain.TrustLevel;
import io.attested.sms.chain.checked.CheckedChainSettings;
import io.attested.sms.chain.checked.CheckedScene;
import io.attested.sms.chain.follow.FollowSettings;
import io.attested.sms.chain.follow.Standing;
import io.attested.sms.chain.rpc.HeadSubscription;
import io.attested.sms.chain.testbed.Faults;
import io.attested.sms.chain.testbed.Lies;
import io.attested.sms.contracts.testbed.Wallet;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiveChainTest {
    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration OFTEN = Duration.ofMillis(100);

    private final CheckedScene scene = new CheckedScene();
    private final RequestMeter requests = new RequestMeter();

    @AfterEach
    void stop() {
        scene.close();
    }

    private LiveChain open(CheckedChainSettings settings, Duration interval) {
        return open(settings, interval, Duration.ofHours(2), List.of());
    }

    private LiveChain open(
            CheckedChainSettings settings,
            Duration interval,
            Duration silence,
            List<HeadSubscription.Settings> subscriptions) {
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
                new LiveChainSettings(settings, follow, interval, subscriptions),
                LivePorts.silent().withRpc(requests),
                scene.clock());
        CheckedScene.eventually(() -> assertThat(chain.standing()).isInstanceOf(Standing.Following.class));
        return chain;
    }

    private CheckedChainSettings at(TrustLevel level) {
        return switch (level) {
            case SINGLE_NODE -> scene.settings(1, 1, level);
            case QUORUM, PROOF -> scene.settings(3, 2, level);
        };
    }

    private CheckedChainSettings atDepth(int depth) {
        return scene.settings().withRule(new SettlementRule.Depth(depth));
    }

    private void looked(LiveChain chain) {
        try {
            assertThat(chain.look()).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource(TrustLevel.class)
    void taskAndOwnersSeenCostNothingMore(TrustLevel level) {
        Bytes32 task = scene.settledTask();
        try (LiveChain chain = open(at(level), NEVER)) {
            TaskFacts first = CheckedScene.found(chain.task(task));
            assertThat(requests.most()).isBetween(1L, level == TrustLevel.PROOF ? 3L : 1L);
            scene.quiet();
            requests.reset();

            for (int i = 0; i < 1000; i++) {
                assertThat(CheckedScene.found(chain.task(task)).atHead()).isEqualTo(first.atHead());
                assertThat(chain.owner(first.app().address())).isInstanceOf(OwnerLookup.Owner.class);
                assertThat(chain.owner(first.dataset().orElseThrow().address())).isInstanceOf(OwnerLookup.Owner.class);
            }
            scene.chain.mine(2);
            looked(chain);

            TaskFacts later = CheckedScene.found(chain.task(task));
            assertThat(requests.most()).isZero();
            assertThat(later.head().number()).isEqualTo(first.head().number() + 2);
            assertThat(later.provenance().level()).isEqualTo(level);
            assertThat(later.deal()).isEqualTo(first.deal());
        }
    }

    @Test
    void factsAreThoseReadCallByCall() {
        Bytes32 task = scene.settledTask();
        try (LiveChain chain = open(scene.settings(), NEVER)) {
            chain.task(task);
            TaskFacts remembered = CheckedScene.found(chain.task(task));
            TaskFacts read = CheckedScene.found(scene.callByCall().task(task));

            assertThat(remembered)
                    .usingRecursiveComparison()
                    .ignoringFields("provenance")
                    .isEqualTo(read);
            assertThat(remembered.settled()).isEqualTo(read.settled());
            assertThat(remembered.head()).isEqualTo(read.head());
        }
    }

    @Test
    void whatTheHeadTakesAwayCountsAtOnce() {
        Bytes32 task = scene.settledTask();
        try (LiveChain chain = open(scene.settings(), OFTEN)) {
            TaskFacts before = CheckedScene.found(chain.task(task));
            Wallet other = Wallet.STRANGER;
            scene.scenario.transferDataset(
                    before.dataset().orElseThrow().address().value(), Wallet.DATASET_OWNER, other);
            looked(chain);

            TaskFacts after = CheckedScene.found(chain.task(task));
            assertThat(after.atHead().datasetOwner()).contains(CheckedScene.address(other));
            assertThat(after.dataset().orElseThrow().owner()).isEqualTo(CheckedScene.address(Wallet.DATASET_OWNER));

            scene.scenario.complete(task.value(), Wallet.WORKER, Wallet.account(8));
            looked(chain);
            TaskFacts completed = CheckedScene.found(chain.task(task));
            assertThat(completed.atHead().status()).isEqualTo(TaskStatus.COMPLETED);
            assertThat(completed.task().status()).isEqualTo(TaskStatus.ACTIVE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 12})
    void taskOfAnAbandonedBranchIsNeverSettled(int depth) {
        Bytes32 before = scene.settledTask();
        scene.chain.mine(12);
        try (LiveChain chain = open(atDepth(12), OFTEN)) {
            CheckedScene.found(chain.task(before));
            Bytes32 task = scene.task();
            scene.chain.mine(depth - 1);
            looked(chain);
            assertThat(chain.task(task)).isInstanceOf(TaskLookup.NotSettled.class);
            assertThat(chain.taskAtHead(task)).isInstanceOf(TaskLookup.Found.class);

            scene.chain.reorganise(depth);
            for (int i = 0; i < 14; i++) {
                looked(chain);
                assertThat(chain.task(task)).isInstanceOf(TaskLookup.Unknown.class);
                assertThat(chain.taskAtHead(task)).isInstanceOf(TaskLookup.Unknown.class);
                scene.chain.mine(1);
            }
            looked(chain);
            TaskFacts facts = CheckedScene.found(chain.task(before));
            assertThat(facts.head())
                    .isEqualTo(
                            CheckedScene.found(scene.callByCall().task(before)).head());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 12})
    void ownerOfAnAbandonedBranchOwnsNothing(int depth) {
        Bytes32 task = scene.settledTask();
        scene.chain.mine(12);
        try (LiveChain chain = open(atDepth(12), OFTEN)) {
            Address dataset =
                    CheckedScene.found(chain.task(task)).dataset().orElseThrow().address();
            Wallet thief = Wallet.STRANGER;
            scene.scenario.transferDataset(dataset.value(), Wallet.DATASET_OWNER, thief);
            scene.chain.mine(depth - 1);
            looked(chain);
            assertThat(owner(chain, dataset)).isEqualTo(CheckedScene.address(thief));

            scene.chain.reorganise(depth);
            looked(chain);
            assertThat(owner(chain, dataset)).isEqualTo(CheckedScene.address(Wallet.DATASET_OWNER));
            scene.chain.mine(13);
            looked(chain);
            TaskFacts facts = CheckedScene.found(chain.task(task));
            assertThat(facts.dataset().orElseThrow().owner()).isEqualTo(CheckedScene.address(Wallet.DATASET_OWNER));
            assertThat(facts.atHead().datasetOwner()).contains(CheckedScene.address(Wallet.DATASET_OWNER));
        }
    }

    @Test
    void reorganisationBelowTheSettledBlockStopsUntilTheNewBranchIsSettledHigher() {
        Bytes32 task = scene.settledTask();
        scene.chain.mine(20);
        try (LiveChain chain = open(atDepth(3), OFTEN)) {
            CheckedScene.found(chain.task(task));
            scene.chain.reorganise(6);
            looked(chain);
            CheckedScene.eventually(
                    () -> assertThat(CheckedScene.failure(chain.task(task))).isEqualTo(Kind.STALE_HEAD));

            scene.chain.mine(8);
            CheckedScene.eventually(() -> assertThat(chain.task(task)).isInstanceOf(TaskLookup.Found.class));
        }
    }

    @Test
    void assetDeployedJustNowIsFoundWithoutWaitingForThePoll() {
        try (LiveChain chain = open(atDepth(5), NEVER)) {
            String app = scene.scenario.createApp(
                    Wallet.APP_DEVELOPER,
                    "registry.test/app:2",
                    CheckedScene.CHECKSUM,
                    CheckedScene.FINGERPRINT.getBytes(StandardCharsets.US_ASCII));

            assertThat(owner(chain, Address.parse(app))).isEqualTo(CheckedScene.address(Wallet.APP_DEVELOPER));
            Bytes32 task = scene.task();
            assertThat(chain.task(task)).isInstanceOf(TaskLookup.NotSettled.class);
        }
    }

    @Test
    void whatIsNotFoundIsReadOnceAtTheSameHeadAndAgainAtTheNext() {
        Bytes32 unknown = Bytes32.parse("0x" + "77".repeat(32));
        try (LiveChain chain = open(atDepth(5), NEVER)) {
            for (int i = 0; i < 4; i++) {
                assertThat(chain.task(unknown)).isInstanceOf(TaskLookup.Unknown.class);
            }
            assertThat(requests.most()).isEqualTo(1);

            scene.chain.mine(1);
            assertThat(chain.task(unknown))
                    .isInstanceOfSatisfying(
                            TaskLookup.Unknown.class,
                            at -> assertThat(at.head().number()).isEqualTo(scene.chain.height()));
            assertThat(requests.most()).isEqualTo(2);
        }
    }

    @Test
    void newHeadIsFollowedOnAHint() {
        List<HeadSubscription.Settings> heads = List.of(
                HeadSubscription.Settings.of("node-1", scene.nodes.getFirst().socketUrl(), NEVER));
        try (LiveChain chain = open(scene.settings(), NEVER, Duration.ofHours(2), heads)) {
            CheckedScene.eventually(
                    () -> assertThat(scene.nodes.getFirst().subscriptions()).isPositive());
            scene.chain.mine(1);
            long height = scene.chain.height();
            CheckedScene.eventually(() -> assertThat(chain.standing())
                    .isInstanceOfSatisfying(
                            Standing.Following.class,
                            at -> assertThat(at.head().number()).isEqualTo(height)));
        }
    }

    @Test
    void silentNodesStopEverythingAndRecoverByThemselves() {
        Bytes32 task = scene.settledTask();
        try (LiveChain chain = open(scene.settings(), OFTEN, Duration.ofSeconds(1), List.of())) {
            CheckedScene.eventually(() -> CheckedScene.found(chain.task(task)));
            scene.nodes.forEach(node -> node.misbehave(Faults.drop()));
            CheckedScene.eventually(
                    () -> assertThat(CheckedScene.failure(chain.task(task))).isEqualTo(Kind.STALE_HEAD));

            scene.nodes.forEach(node -> node.behave());
            CheckedScene.eventually(() -> assertThat(chain.task(task)).isInstanceOf(TaskLookup.Found.class));
        }
    }

    @Test
    void oneOfThreeThatLiesIsOutvotedAndTwoThatLieDifferentlyStopEverything() {
        Bytes32 task = scene.settledTask();
        try (LiveChain chain = open(scene.settings(), OFTEN, Duration.ofMinutes(1), List.of())) {
            Address honest = CheckedScene.address(Wallet.DATASET_OWNER);
            scene.nodes.get(0).misbehave(Lies.owner(honest, CheckedScene.address(Wallet.STRANGER)));
            assertThat(CheckedScene.found(chain.task(task)).atHead().datasetOwner())
                    .contains(honest);

            Bytes32 second = scene.settledTask();
            scene.allBehave();
            looked(chain);
            scene.nodes.get(0).misbehave(Lies.owner(honest, CheckedScene.address(Wallet.STRANGER)));
            scene.nodes.get(1).misbehave(Lies.owner(honest, CheckedScene.address(Wallet.account(7))));
            assertThat(CheckedScene.failure(chain.task(second))).isEqualTo(Kind.DISAGREEMENT);
            CheckedScene.found(chain.task(task));
        }
    }

    @Test
    void frozenHeadIsFoundWithoutAnyErrorOfTheNodes() {
        Bytes32 task = scene.settledTask();
        CheckedChainSettings settings = scene.settings().withAges(Duration.ofMinutes(2), Duration.ofMinutes(30));
        scene.chain.mine(1);
        try (LiveChain chain = open(settings, OFTEN)) {
            CheckedScene.found(chain.task(task));
            scene.later = Duration.ofMinutes(3);
            assertThat(CheckedScene.failure(chain.task(task))).isEqualTo(Kind.STALE_HEAD);
            assertThat(chain.owner(Address.parse(scene.poco.hub()))).isInstanceOf(OwnerLookup.Unavailable.class);
        }
    }

    @Test
    void nodesThatGoBackStopEverything() {
        Bytes32 task = scene.settledTask();
        scene.chain.mine(80);
        long back = scene.chain.height() - 64;
        try (LiveChain chain = open(scene.settings(), OFTEN)) {
            CheckedScene.found(chain.task(task));
            scene.nodes.forEach(node -> node.misbehave(Lies.headAt(back)));
            CheckedScene.eventually(
                    () -> assertThat(CheckedScene.failure(chain.task(task))).isEqualTo(Kind.STALE_HEAD));

            scene.allBehave();
            CheckedScene.eventually(() -> assertThat(chain.task(task)).isInstanceOf(TaskLookup.Found.class));
        }
    }

    private static Address owner(LiveChain chain, Address asset) {
        OwnerLookup lookup = chain.owner(asset);
        assertThat(lookup).isInstanceOf(OwnerLookup.Owner.class);
        return ((OwnerLookup.Owner) lookup).owner();
    }
}
