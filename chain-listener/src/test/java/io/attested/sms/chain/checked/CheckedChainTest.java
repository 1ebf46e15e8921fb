package io.attested.sms.chain.checked;

import static io.attested.sms.chain.checked.CheckedScene.DEPTH;
import static io.attested.sms.chain.checked.CheckedScene.address;
import static io.attested.sms.chain.checked.CheckedScene.digits;
import static io.attested.sms.chain.checked.CheckedScene.eventually;
import static io.attested.sms.chain.checked.CheckedScene.failure;
import static io.attested.sms.chain.checked.CheckedScene.found;
import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.ChainState;
import io.attested.sms.chain.DealClaim;
import io.attested.sms.chain.OwnerLookup;
import io.attested.sms.chain.Provenance;
import io.attested.sms.chain.SettlementRule;
import io.attested.sms.chain.TaskFacts;
import io.attested.sms.chain.TaskLookup;
import io.attested.sms.chain.TaskStatus;
import io.attested.sms.chain.TrustLevel;
import io.attested.sms.chain.WalletLookup;
import io.attested.sms.chain.quorum.NodeStanding.Standing;
import io.attested.sms.chain.rpc.JsonRpcChain;
import io.attested.sms.chain.testbed.Faults;
import io.attested.sms.chain.testbed.Lies;
import io.attested.sms.chain.testbed.Misbehaviour;
import io.attested.sms.contracts.testbed.MatchedDeal;
import io.attested.sms.contracts.testbed.Wallet;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One node believed, and two of three that must agree. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CheckedChainTest {
    private static final Address OWNER = address(Wallet.DATASET_OWNER);
    private static final Address STRANGER = address(Wallet.STRANGER);
    private static final Address OTHER = Address.parse("0x" + "77".repeat(20));

    private CheckedScene scene;
    private String snapshot = "";
    private CheckedChain two;

    @BeforeAll
    void deploy() {
        scene = new CheckedScene();
    }

    @AfterAll
    void stop() {
        scene.close();
    }

    @BeforeEach
    void open() {
        snapshot = scene.chain.snapshot();
        two = scene.open(scene.settings());
    }

    @AfterEach
    void close() {
        scene.allBehave();
        scene.later = Duration.ZERO;
        two.close();
        scene.chain.revert(snapshot);
    }

    @Test
    void taskWhenNodesAgreeThenTheFactsOfCallByCall() {
        Bytes32 task = scene.settledTask();

        TaskFacts facts = found(two.task(task));

        assertThat(facts.dataset()).isPresent();
        assertThat(facts.provenance().level()).isEqualTo(TrustLevel.QUORUM);
        assertThat(facts.provenance().rule()).isEqualTo(new SettlementRule.Depth(DEPTH));
        assertThat(facts.provenance().agreeing()).isBetween(2, 3);
        assertThat(facts.provenance().nodes()).isEqualTo(3);
        assertThat(facts.depth()).isEqualTo(DEPTH);
        try (JsonRpcChain callByCall = scene.callByCall()) {
            assertSame(facts, found(callByCall.task(task)));
            assertSame(found(two.taskAtHead(task)), found(callByCall.taskAtHead(task)));
        }
    }

    @Test
    void taskWhenSoldAndCompletedSinceSettledThenTheFactsOfCallByCallAtBothBlocks() {
        Bytes32 task = scene.settledTask();
        TaskFacts before = found(two.task(task));
        scene.quiet();
        scene.scenario.transferDataset(
                before.dataset().orElseThrow().address().value(), Wallet.DATASET_OWNER, Wallet.STRANGER);
        scene.scenario.transferApp(before.app().address().value(), Wallet.APP_DEVELOPER, Wallet.STRANGER);
        scene.scenario.complete(task.value(), Wallet.WORKER, Wallet.random(new SecureRandom()));

        TaskFacts facts = found(two.task(task));

        assertThat(facts.task().status()).isEqualTo(TaskStatus.ACTIVE);
        assertThat(facts.dataset())
                .hasValueSatisfying(d -> assertThat(d.owner()).isEqualTo(OWNER));
        assertThat(facts.atHead().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(facts.atHead().appOwner()).isEqualTo(STRANGER);
        assertThat(facts.atHead().datasetOwner()).contains(STRANGER);
        try (JsonRpcChain callByCall = scene.callByCall()) {
            assertSame(facts, found(callByCall.task(task)));
        }
    }

    @Test
    void taskWhenBlocksAreKnownThenOneExchangeWithEachNode() {
        Bytes32 task = scene.settledTask();
        CheckedChain following = two.following(CheckedScene.known(two, scene.settings()));
        scene.resetCounts();

        TaskFacts facts = found(following.task(task));

        scene.assertRoundTrips(3, 1);
        assertThat(scene.nodes.getFirst().calls("eth_call")).isEqualTo(2);
        assertThat(facts.head().number()).isEqualTo(facts.settled().number() + DEPTH);
        scene.resetCounts();
        assertThat(following.owner(facts.app().address())).isInstanceOf(OwnerLookup.Owner.class);
        scene.assertRoundTrips(3, 1);
        scene.resetCounts();
        assertThat(following.taskAtHead(task)).isInstanceOf(TaskLookup.Found.class);
        assertThat(following.state()).isInstanceOf(ChainState.Ready.class);
        scene.assertRoundTrips(3, 1);
    }

    @Test
    void taskWhenOneNodeIsBelievedAndBlocksAreKnownThenOneExchange() {
        Bytes32 task = scene.settledTask();
        CheckedChainSettings single = scene.settings(1, 1, TrustLevel.SINGLE_NODE);
        try (CheckedChain one = scene.open(single)) {
            CheckedChain following = one.following(CheckedScene.known(one, single));
            scene.resetCounts();

            TaskFacts facts = found(following.task(task));

            scene.assertRoundTrips(1, 1);
            assertThat(scene.nodes.get(1).roundTrips()).isZero();
            assertThat(facts.provenance())
                    .isEqualTo(Provenance.ofOneNode(single.rule(), facts.settled(), facts.head()));
        }
    }

    @Test
    void taskWhenTextsAreTooLongForALensThenReadByCallsOfTheirOwn() {
        String params = "x".repeat(34_000);
        String app = scene.scenario.createApp("m".repeat(12_000));
        String dataset = scene.scenario.createDataset("http://127.0.0.1/" + "d".repeat(12_000), new byte[32]);
        Bytes32 task = Bytes32.parse(scene.scenario.initialize(
                scene.scenario.match(
                        scene.scenario.terms(app).withDataset(dataset).withParams(params)),
                0));
        scene.chain.mine(DEPTH);
        CheckedChain following = two.following(CheckedScene.known(two, scene.settings()));
        scene.resetCounts();

        TaskFacts facts = found(following.task(task));

        assertThat(facts.deal().params()).isEqualTo(params);
        assertThat(facts.app().mrenclave().length()).isEqualTo(12_000);
        scene.assertRoundTrips(3, 3);
    }

    @Test
    void taskWhenOneNodeLiesThenServedAndTheLiarIsBenchedUntilItAgreesAgain() {
        Bytes32 task = scene.settledTask();
        scene.nodes.get(1).misbehave(Lies.owner(OWNER, STRANGER));

        for (int i = 0; i < 3; i++) {
            assertThat(found(two.task(task)).atHead().datasetOwner()).contains(OWNER);
        }

        eventually(() -> assertThat(standing(1)).isEqualTo(Standing.BENCHED));
        scene.allBehave();
        assertThat(standing(1)).isEqualTo(Standing.PROBATION);
        assertThat(found(two.task(task)).atHead().datasetOwner()).contains(OWNER);
        eventually(() -> assertThat(standing(1)).isEqualTo(Standing.GOOD));
    }

    @Test
    void taskWhenTwoNodesLieDifferentlyThenDisagreementAndServedAgainWhenOneStops() {
        Bytes32 task = scene.settledTask();
        scene.nodes.get(1).misbehave(Lies.owner(OWNER, STRANGER));
        scene.nodes.get(2).misbehave(Lies.owner(OWNER, OTHER));

        assertThat(failure(two.task(task))).isEqualTo(Kind.DISAGREEMENT);
        assertThat(failure(two.taskAtHead(task))).isEqualTo(Kind.DISAGREEMENT);

        scene.nodes.get(2).behave();
        assertThat(found(two.task(task)).atHead().datasetOwner()).contains(OWNER);
    }

    static Stream<Arguments> misbehaviours() {
        return Stream.of(
                Arguments.of("owner", Lies.owner(OWNER, STRANGER)),
                Arguments.of("block hash", Lies.blockHash(Bytes32.ZERO)),
                Arguments.of("another block", Lies.otherBlock(5)),
                Arguments.of("chain id", Lies.chainId(1)),
                Arguments.of("null", Lies.nullResults()),
                Arguments.of("huge numbers", Lies.hugeNumbers()),
                Arguments.of("no state", Lies.prunedState()),
                Arguments.of("no block hashes", Lies.noBlockHashes()),
                Arguments.of("frozen", Lies.headAt(1)),
                Arguments.of("closed", Faults.drop()),
                Arguments.of("truncated", Faults.truncate()),
                Arguments.of("HTML", Faults.html()),
                Arguments.of("50 MB", Faults.large(50L << 20)),
                Arguments.of("429", Faults.tooManyRequests(1000, "60")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misbehaviours")
    void everythingWhenOneNodeMisbehavesThenServedByTheOthers(String name, Misbehaviour misbehaviour) {
        Bytes32 task = scene.settledTask();
        TaskFacts honest = found(two.task(task));
        scene.nodes.get(0).misbehave(misbehaviour);

        assertThat(found(two.task(task)))
                .usingRecursiveComparison()
                .ignoringFields("provenance")
                .isEqualTo(honest);
        assertThat(two.owner(honest.app().address()))
                .isInstanceOfSatisfying(
                        OwnerLookup.Owner.class,
                        owner -> assertThat(owner.owner()).isEqualTo(address(Wallet.APP_DEVELOPER)));
        assertThat(two.state()).isInstanceOf(ChainState.Ready.class);
    }

    static Stream<Arguments> misbehavioursOfAll() {
        return Stream.of(
                Arguments.of("block hash", Lies.blockHash(Bytes32.ZERO), Kind.INCONSISTENT),
                Arguments.of("chain id", Lies.chainId(1), Kind.WRONG_CHAIN),
                Arguments.of("null", Lies.nullResults(), Kind.MALFORMED_ANSWER),
                Arguments.of("no state", Lies.prunedState(), Kind.RPC_ERROR),
                Arguments.of("no block hashes", Lies.noBlockHashes(), Kind.RPC_ERROR),
                Arguments.of("closed", Faults.drop(), Kind.UNREACHABLE),
                Arguments.of("HTML", Faults.html(), Kind.MALFORMED_ANSWER));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misbehavioursOfAll")
    void everythingWhenAllMisbehaveThenUnavailableWithTheirKindAndBackWhenTheyBehave(
            String name, Misbehaviour misbehaviour, Kind kind) {
        Bytes32 task = scene.settledTask();
        scene.allMisbehave(misbehaviour);

        assertThat(failure(two.task(task))).isEqualTo(kind);
        assertThat(two.owner(scene.hub())).isInstanceOf(OwnerLookup.Unavailable.class);
        assertThat(two.walletApproves(scene.hub(), Bytes32.ZERO, new byte[65]))
                .isInstanceOf(WalletLookup.Unavailable.class);

        scene.allBehave();
        assertThat(two.task(task)).isInstanceOf(TaskLookup.Found.class);
    }

    @Test
    void taskWhenTheHubsCodeIsToldOtherwiseThanAtStartThenRefused() {
        Bytes32 task = scene.settledTask();
        scene.allMisbehave(Lies.replace("eth_call", digits(two.hub().codeHash()), "5a".repeat(32)));

        assertThat(failure(two.task(task))).isEqualTo(Kind.INCONSISTENT);
    }

    @Test
    void taskWhenItsIndexIsToldWrongThenRefused() {
        Bytes32 task = scene.settledTask();
        TaskFacts facts = found(two.task(task));
        String deal = digits(facts.deal().id());
        scene.allMisbehave(Lies.replace("eth_call", deal + CheckedScene.word(1), deal + CheckedScene.word(0)));

        assertThat(failure(two.task(task))).isEqualTo(Kind.INCONSISTENT);
    }

    @Test
    void everythingWhenTheHeadStandsStillThenStaleUntilTwoNodesFollowAgain() {
        Bytes32 task = scene.settledTask();
        CheckedChainSettings aging = scene.settings().withAges(Duration.ofMinutes(5), Duration.ofDays(1));
        try (CheckedChain chain = scene.open(aging)) {
            assertThat(chain.task(task)).isInstanceOf(TaskLookup.Found.class);
            assertThat(chain.state()).isInstanceOf(ChainState.Ready.class);

            scene.allMisbehave(Lies.headAt(scene.chain.height()));
            scene.chain.increaseTime(7200);
            scene.later = Duration.ofHours(2);

            assertThat(failure(chain.task(task))).isEqualTo(Kind.STALE_HEAD);
            assertThat(failure(chain.taskAtHead(task))).isEqualTo(Kind.STALE_HEAD);
            assertThat(chain.owner(scene.hub())).isInstanceOf(OwnerLookup.Unavailable.class);
            assertThat(chain.state())
                    .isInstanceOfSatisfying(
                            ChainState.Unavailable.class,
                            state -> assertThat(state.failure().kind()).isEqualTo(Kind.STALE_HEAD));

            scene.nodes.get(0).behave();
            scene.nodes.get(2).behave();
            assertThat(chain.task(task)).isInstanceOf(TaskLookup.Found.class);
        }
    }

    @Test
    void taskWhenOnlyTheSettledBlockIsOlderThanAllowedThenStaleForRightsAlone() {
        Bytes32 task = scene.settledTask();
        scene.chain.increaseTime(3600);
        scene.later = Duration.ofHours(1);
        CheckedChainSettings aging = scene.settings().withAges(Duration.ofMinutes(5), Duration.ofMinutes(30));
        try (CheckedChain chain = scene.open(aging)) {
            assertThat(failure(chain.task(task))).isEqualTo(Kind.STALE_HEAD);
            assertThat(chain.taskAtHead(task)).isInstanceOf(TaskLookup.Found.class);
        }
    }

    @Test
    void taskWhenYoungerThanTheDepthThenNotSettledAndFoundAtTheHead() {
        Bytes32 task = scene.task();

        scene.chain.mine(DEPTH - 1);

        assertThat(two.task(task))
                .isInstanceOfSatisfying(
                        TaskLookup.NotSettled.class,
                        lookup -> assertThat(lookup.head().number())
                                .isEqualTo(lookup.settled().number() + DEPTH));
        TaskFacts atHead = found(two.taskAtHead(task));
        scene.quiet();
        assertThat(atHead.settled()).isEqualTo(atHead.head());
        assertThat(atHead.depth()).isZero();
        scene.chain.mine(1);
        assertThat(two.task(task)).isInstanceOf(TaskLookup.Found.class);
    }

    @Test
    void taskWhenNeverInitialisedThenUnknown() {
        assertThat(two.task(Bytes32.ZERO)).isInstanceOf(TaskLookup.Unknown.class);
        assertThat(two.task(Bytes32.parse("0x" + "12".repeat(32)))).isInstanceOf(TaskLookup.Unknown.class);
    }

    @Test
    void taskWhenReorganisedAwayThenUnknownAgain() {
        scene.chain.mine(5);
        Bytes32 task = scene.task();
        assertThat(two.taskAtHead(task)).isInstanceOf(TaskLookup.Found.class);
        scene.quiet();

        scene.chain.reorganise(1);

        assertThat(two.taskAtHead(task)).isInstanceOf(TaskLookup.Unknown.class);
    }

    @Test
    void taskWhenItsBlocksAreReorganisedAwayThenTheChainHasMoved() {
        Bytes32 task = scene.settledTask();
        CheckedChain following = two.following(CheckedScene.known(two, scene.settings()));
        scene.quiet();

        scene.chain.reorganise(1);

        assertThat(failure(following.task(task))).isEqualTo(Kind.HEAD_MOVED);
        assertThat(two.task(task)).isInstanceOf(TaskLookup.Found.class);
    }

    @Test
    void taskWhenSafeAndFinalizedThenSettledByTheConsensus() {
        scene.chain.mine(80);
        Bytes32 task = scene.task();
        CheckedChainSettings safe = scene.settings().withRule(new SettlementRule.Tag(SettlementRule.Name.SAFE));
        CheckedChainSettings finalized =
                scene.settings().withRule(new SettlementRule.Tag(SettlementRule.Name.FINALIZED));
        try (CheckedChain bySafe = scene.open(safe);
                CheckedChain byFinalized = scene.open(finalized)) {
            assertThat(bySafe.task(task)).isInstanceOf(TaskLookup.NotSettled.class);
            scene.quiet();
            scene.chain.mine(40);
            TaskFacts facts = found(bySafe.task(task));
            assertThat(facts.provenance().rule()).isEqualTo(safe.rule());
            assertThat(facts.depth())
                    .isEqualTo((int) (facts.head().number() - facts.settled().number()))
                    .isEqualTo(32);
            assertThat(byFinalized.task(task)).isInstanceOf(TaskLookup.NotSettled.class);
            scene.quiet();
            scene.chain.mine(40);
            assertThat(found(byFinalized.task(task)).depth()).isEqualTo(64);
        }
    }

    @Test
    void taskWhenBoostedThenSaysSoByTheClaimedDeal() {
        String app = scene.scenario.createApp("x");
        MatchedDeal deal = scene.scenario.boost(scene.scenario.terms(app));
        Bytes32 task = Bytes32.parse(deal.taskId(0));

        assertThat(two.task(task, new DealClaim(Bytes32.parse(deal.dealId()), 0)))
                .isInstanceOf(TaskLookup.Boosted.class);
        assertThat(two.task(task, new DealClaim(Bytes32.parse(deal.dealId()), 1)))
                .isInstanceOf(TaskLookup.Unknown.class);
        assertThat(two.task(task)).isInstanceOf(TaskLookup.Unknown.class);
    }

    @Test
    void ownerWhenSoldThenTheBuyerAndNobodyOfWhatIsNoAsset() {
        String dataset = scene.scenario.createDataset("http://127.0.0.1/data", CheckedScene.CHECKSUM);
        scene.scenario.transferDataset(dataset, Wallet.DATASET_OWNER, Wallet.STRANGER);

        assertThat(two.owner(Address.parse(dataset))).isInstanceOfSatisfying(OwnerLookup.Owner.class, lookup -> {
            assertThat(lookup.owner()).isEqualTo(STRANGER);
            assertThat(lookup.provenance().level()).isEqualTo(TrustLevel.QUORUM);
            assertThat(lookup.provenance().head()).isEqualTo(lookup.provenance().settled());
        });
        assertThat(two.owner(STRANGER)).isInstanceOf(OwnerLookup.NoOwner.class);
    }

    @Test
    void walletWhenItsKeySignedThenApprovesAtTheSettledBlockOnceItIsSettled() {
        byte[] hash = Wallet.keccak(new byte[] {1});
        byte[] signature =
                HexFormat.of().parseHex(Wallet.STRANGER.signDigest(hash).substring(2));
        Address wallet = Address.parse(scene.scenario.deployWallet(Wallet.STRANGER));
        Bytes32 signed = Bytes32.of(hash);

        assertThat(two.walletApprovesAtHead(wallet, signed, signature)).isInstanceOf(WalletLookup.Approves.class);
        assertThat(two.walletApproves(wallet, signed, signature)).isInstanceOf(WalletLookup.NoContract.class);
        scene.quiet();
        scene.chain.mine(DEPTH);
        assertThat(two.walletApproves(wallet, signed, signature))
                .isInstanceOfSatisfying(
                        WalletLookup.Approves.class,
                        lookup -> assertThat(lookup.provenance().depth()).isEqualTo(DEPTH));
        assertThat(two.walletApproves(wallet, Bytes32.ZERO, signature)).isInstanceOf(WalletLookup.Refuses.class);
        assertThat(two.walletApproves(STRANGER, signed, signature)).isInstanceOf(WalletLookup.NoContract.class);
        try (JsonRpcChain callByCall = scene.callByCall()) {
            assertThat(callByCall.walletApproves(wallet, signed, signature)).isInstanceOf(WalletLookup.Approves.class);
            assertThat(callByCall.walletApprovesAtHead(wallet, signed, new byte[65]))
                    .isInstanceOf(WalletLookup.Refuses.class);
            assertThat(callByCall.walletApproves(STRANGER, signed, signature))
                    .isInstanceOf(WalletLookup.NoContract.class);
        }
    }

    @Test
    void walletWhenOneNodeSaysItApprovesThenStillRefused() {
        Address wallet = Address.parse(scene.scenario.deployWallet(Wallet.STRANGER));
        scene.chain.mine(DEPTH);
        byte[] forged = new byte[65];
        scene.nodes.get(2).misbehave(Lies.replace("eth_call", "ffffffff", "1626ba7e"));

        assertThat(two.walletApproves(wallet, Bytes32.ZERO, forged)).isInstanceOf(WalletLookup.Refuses.class);
    }

    private Standing standing(int node) {
        return two.quorum().standings().get(node).standing();
    }

    private static void assertSame(TaskFacts facts, TaskFacts expected) {
        assertThat(facts)
                .usingRecursiveComparison()
                .ignoringFields("provenance.level", "provenance.agreeing", "provenance.nodes")
                .isEqualTo(expected);
    }
}
