package io.attested.sms.chain.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.OwnerLookup;
import io.attested.sms.chain.TaskFacts;
import io.attested.sms.chain.TaskLookup;
import io.attested.sms.chain.TrustLevel;
import io.attested.sms.chain.checked.CheckedChainSettings;
import io.attested.sms.chain.checked.CheckedScene;
import io.attested.sms.chain.follow.FollowSettings;
import io.attested.sms.chain.follow.Standing;
import io.attested.sms.chain.quorum.QuorumSettings;
import io.attested.sms.chain.testbed.Faults;
import io.attested.sms.chain.testbed.Lies;
import io.attested.sms.chain.testbed.Misbehaviour;
import io.attested.sms.contracts.testbed.Wallet;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** All nodes misbehave in the same way, under the level of proofs: nothing false is served, and all ends by itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MisbehavingNodesTest {
    private static final Duration SILENCE = Duration.ofSeconds(1);
    private static final Set<String> HEADS_ALONE =
            Set.of("value beside a proof", "block hash", "chain id", "64 blocks back");
    private static final Address OWNER = CheckedScene.address(Wallet.DATASET_OWNER);
    private static final Address THIEF = CheckedScene.address(Wallet.STRANGER);

    private CheckedScene scene;
    private LiveChain chain;

    @BeforeAll
    void open() {
        scene = new CheckedScene();
        scene.chain.mine(80);
        CheckedChainSettings three = scene.settings(3, 2, TrustLevel.PROOF);
        CheckedChainSettings impatient = new CheckedChainSettings(
                three.nodes().stream()
                        .map(node -> node.withTimeout(Duration.ofSeconds(1)))
                        .toList(),
                new QuorumSettings(2, Duration.ofMillis(1500), Duration.ofMillis(200), CheckedScene.BENCH),
                three.level(),
                three.rule(),
                three.chainId(),
                three.hub(),
                three.hubCodeHash(),
                three.headAge(),
                three.settledAge());
        FollowSettings follow = new FollowSettings(
                impatient.rule(),
                200,
                16,
                impatient.headAge(),
                impatient.settledAge(),
                Duration.ofDays(1),
                SILENCE,
                500,
                1000);
        chain = LiveChain.open(
                new LiveChainSettings(impatient, follow, Duration.ofMillis(100), List.of()),
                LivePorts.silent(),
                scene.clock());
    }

    @AfterEach
    void behave() {
        scene.allBehave();
    }

    @AfterAll
    void stop() {
        chain.close();
        scene.close();
    }

    static Stream<Arguments> misbehaviours() {
        return Stream.of(
                Arguments.of("owner", Lies.owner(OWNER, THIEF)),
                Arguments.of("value beside a proof", Lies.storage(Bytes32.ZERO)),
                Arguments.of("proof", Lies.proof()),
                Arguments.of("block hash", Lies.blockHash(Bytes32.ZERO)),
                Arguments.of("chain id", Lies.chainId(1)),
                Arguments.of("null", Lies.nullResults()),
                Arguments.of("huge numbers", Lies.hugeNumbers()),
                Arguments.of("no state", Lies.prunedState()),
                Arguments.of("no block hashes", Lies.noBlockHashes()),
                Arguments.of("64 blocks back", Lies.headAt(20)),
                Arguments.of("late", Faults.delay(Duration.ofSeconds(3))),
                Arguments.of("closed", Faults.drop()),
                Arguments.of("truncated", Faults.truncate()),
                Arguments.of("cut short", Faults.cutShort()),
                Arguments.of("doubled", Faults.duplicate()),
                Arguments.of("nothing", Faults.nothing()),
                Arguments.of("HTML", Faults.html()),
                Arguments.of("50 MB", Faults.large(50L << 20)),
                Arguments.of("429", Faults.tooManyRequests(1000, "60")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misbehaviours")
    void nothingFalseIsServedAndServiceReturnsByItself(String name, Misbehaviour misbehaviour) {
        Bytes32 fresh = scene.settledTask();
        CheckedScene.eventually(() -> assertThat(chain.standing())
                .isInstanceOfSatisfying(
                        Standing.Following.class,
                        at -> assertThat(at.head().number()).isEqualTo(scene.chain.height())));
        scene.nodes.forEach(node -> node.misbehave(misbehaviour));

        TaskLookup lookup = chain.task(fresh);
        OwnerLookup owner = chain.owner(scene.hub());

        if (lookup instanceof TaskLookup.Found(TaskFacts facts)) {
            // What concerns new heads alone does not touch facts read at a block that is known: those are true.
            assertThat(HEADS_ALONE).contains(name);
            honest(facts);
        } else {
            assertThat(lookup).isInstanceOf(TaskLookup.Unavailable.class);
        }
        assertThat(owner).isNotInstanceOf(OwnerLookup.Owner.class);

        scene.allBehave();
        CheckedScene.eventually(() -> {
            honest(CheckedScene.found(chain.task(fresh)));
        });
    }

    private static void honest(TaskFacts facts) {
        assertThat(facts.provenance().level()).isEqualTo(TrustLevel.PROOF);
        assertThat(facts.atHead().datasetOwner()).contains(OWNER);
        assertThat(facts.dataset().orElseThrow().owner()).isEqualTo(OWNER);
    }
}
