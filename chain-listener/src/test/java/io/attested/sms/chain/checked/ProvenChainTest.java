package io.attested.sms.chain.checked;

import static io.attested.sms.chain.checked.CheckedScene.DEPTH;
import static io.attested.sms.chain.checked.CheckedScene.address;
import static io.attested.sms.chain.checked.CheckedScene.digits;
import static io.attested.sms.chain.checked.CheckedScene.eventually;
import static io.attested.sms.chain.checked.CheckedScene.failure;
import static io.attested.sms.chain.checked.CheckedScene.found;
import static io.attested.sms.chain.checked.CheckedScene.word;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.ChainRefused;
import io.attested.sms.chain.OwnerLookup;
import io.attested.sms.chain.SettlementRule;
import io.attested.sms.chain.TaskFacts;
import io.attested.sms.chain.TaskLookup;
import io.attested.sms.chain.TaskStatus;
import io.attested.sms.chain.TrustLevel;
import io.attested.sms.chain.WalletLookup;
import io.attested.sms.chain.lens.TaskAtBlock;
import io.attested.sms.chain.proof.ProofRequest;
import io.attested.sms.chain.quorum.NodeStanding.Standing;
import io.attested.sms.chain.rpc.BlockHeader;
import io.attested.sms.chain.rpc.JsonRpcChain;
import io.attested.sms.chain.rpc.Purpose;
import io.attested.sms.chain.testbed.Lies;
import io.attested.sms.chain.testbed.Misbehaviour.Lie;
import io.attested.sms.contracts.testbed.TeeTag;
import io.attested.sms.contracts.testbed.Wallet;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What nodes say is proven by the state of the blocks they agree on, or refused. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProvenChainTest {
    private static final Address STRANGER = address(Wallet.STRANGER);
    private static final Bytes32 FIVES = Bytes32.parse("0x" + "5a".repeat(32));

    private CheckedScene scene;
    private CheckedChainSettings settings;
    private String snapshot = "";
    private CheckedChain proven;

    @BeforeAll
    void deploy() {
        scene = new CheckedScene();
        settings = scene.settings(3, 2, TrustLevel.PROOF);
    }

    @AfterAll
    void stop() {
        scene.close();
    }

    @BeforeEach
    void open() {
        snapshot = scene.chain.snapshot();
        proven = scene.open(settings);
    }

    @AfterEach
    void close() {
        scene.allBehave();
        proven.close();
        scene.chain.revert(snapshot);
    }

    @Test
    void taskWhenBlocksAreKnownThenProvenInTwoExchangesWithEachNode() {
        Bytes32 task = scene.settledTask();
        CheckedChain following = proven.following(CheckedScene.known(proven, settings));
        scene.resetCounts();

        TaskFacts facts = found(following.task(task));

        scene.assertRoundTrips(3, 2);
        assertThat(scene.nodes.getFirst().calls("eth_call")).isEqualTo(2);
        assertThat(facts.provenance().level()).isEqualTo(TrustLevel.PROOF);
        assertThat(facts.provenance().rule()).isEqualTo(new SettlementRule.Depth(DEPTH));
        try (JsonRpcChain callByCall = scene.callByCall()) {
            assertThat(facts)
                    .usingRecursiveComparison()
                    .ignoringFields("provenance.level", "provenance.agreeing", "provenance.nodes")
                    .isEqualTo(found(callByCall.task(task)));
        }
    }

    @Test
    void taskWhenWithoutDatasetOrAtTheHeadThenProven() {
        String app = scene.scenario.createApp("");
        Bytes32 task = Bytes32.parse(scene.scenario.initialize(
                scene.scenario.match(scene.scenario.terms(app).withTag(TeeTag.NONE)), 0));

        assertThat(found(proven.taskAtHead(task)).provenance().level()).isEqualTo(TrustLevel.PROOF);
        assertThat(proven.task(task)).isInstanceOf(TaskLookup.NotSettled.class);
        scene.quiet();
        scene.chain.mine(DEPTH);
        assertThat(found(proven.task(task)).dataset()).isEmpty();
        assertThat(proven.task(FIVES)).isInstanceOf(TaskLookup.Unknown.class);
    }

    @Test
    void taskWhenSoldSinceSettledThenBothOwnersAreProven() {
        Bytes32 task = scene.settledTask();
        TaskFacts before = found(proven.task(task));
        scene.quiet();
        scene.scenario.transferDataset(
                before.dataset().orElseThrow().address().value(), Wallet.DATASET_OWNER, Wallet.STRANGER);

        TaskFacts facts = found(proven.task(task));

        assertThat(facts.dataset())
                .hasValueSatisfying(d -> assertThat(d.owner()).isEqualTo(address(Wallet.DATASET_OWNER)));
        assertThat(facts.atHead().datasetOwner()).contains(STRANGER);
    }

    @Test
    void taskWhenOneNodeLiesAboutAnyValueThenServedByTheOthers() {
        Bytes32 task = scene.settledTask();
        TaskFacts honest = found(proven.task(task));

        lies(honest).forEach((value, lie) -> {
            scene.nodes.get(1).misbehave(lie);
            assertThat(proven.task(task)).as(value).isInstanceOf(TaskLookup.Found.class);
            assertThat(found(proven.task(task)))
                    .as(value)
                    .usingRecursiveComparison()
                    .ignoringFields("provenance.agreeing")
                    .isEqualTo(honest);
            scene.allBehave();
        });
    }

    @Test
    void taskWhenAllNodesTellTheSameLieAboutAnyValueThenRefusedByItsName() {
        Bytes32 task = scene.settledTask();
        TaskFacts honest = found(proven.task(task));
        List<String> served = new ArrayList<>();

        lies(honest).forEach((value, lie) -> {
            scene.allMisbehave(lie);
            TaskLookup lookup = proven.task(task);
            if (!(lookup instanceof TaskLookup.Unavailable(ChainFailure why))
                    || why.kind() != Kind.UNPROVEN
                    || !why.detail().contains(value)) {
                served.add(value + ": " + lookup);
            }
            scene.allBehave();
        });

        assertThat(served).isEmpty();
        assertThat(proven.task(task)).isInstanceOf(TaskLookup.Found.class);
    }

    @Test
    void taskWhenTheOnlyNodeLiesThenRefusedAndServedOnceItBehaves() {
        Bytes32 task = scene.settledTask();
        try (CheckedChain one = scene.open(scene.settings(1, 1, TrustLevel.PROOF))) {
            TaskFacts honest = found(one.task(task));
            lies(honest).forEach((value, lie) -> {
                scene.allMisbehave(lie);
                assertThat(failure(one.task(task))).as(value).isEqualTo(Kind.UNPROVEN);
                scene.allBehave();
            });
            assertThat(one.task(task)).isInstanceOf(TaskLookup.Found.class);
        }
    }

    @Test
    void taskWhenAllNodesHideWhatTheHeadSaysThenRefused() {
        Bytes32 task = scene.settledTask();
        TaskFacts before = found(proven.task(task));
        scene.quiet();
        scene.scenario.transferDataset(
                before.dataset().orElseThrow().address().value(), Wallet.DATASET_OWNER, Wallet.STRANGER);
        scene.scenario.complete(task.value(), Wallet.WORKER, Wallet.random(new SecureRandom()));
        TaskFacts honest = found(proven.task(task));
        assertThat(honest.atHead().status()).isEqualTo(TaskStatus.COMPLETED);
        String deal = digits(honest.deal().id());
        BlockRef head = honest.head();

        scene.allMisbehave(at(head, call(word(3) + deal, word(1) + deal)));
        assertThat(failure(proven.task(task))).isEqualTo(Kind.UNPROVEN);
        scene.allMisbehave(at(head, Lies.owner(STRANGER, address(Wallet.DATASET_OWNER))));
        assertThat(failure(proven.task(task))).isEqualTo(Kind.UNPROVEN);
        scene.allMisbehave(at(head, owner(Wallet.APP_DEVELOPER)));
        assertThat(failure(proven.task(task))).isIn(Kind.UNPROVEN, Kind.INCONSISTENT);
        scene.allBehave();
        assertThat(found(proven.task(task)).atHead()).isEqualTo(honest.atHead());
    }

    @Test
    void taskWhenItsRegistryWasReplacedThenProvenOverThePathInThreeExchanges() {
        Bytes32 task = scene.settledTask();
        String former = scene.poco.appRegistry();
        String present = scene.poco.datasetRegistry();
        scene.write(
                scene.poco.hub(),
                Bytes32.parse("0x5862653c6982c162832160cf30593645e8487b257e44d77cdd6b51eee2651b00"),
                Bytes32.parse("0x" + word(Address.parse(present))));
        scene.write(
                present,
                Bytes32.parse("0x" + word(14)),
                Bytes32.parse("0x" + "0".repeat(22) + "01" + former.substring(2)));
        scene.chain.mine(DEPTH);

        assertThat(failure(proven.task(task))).isEqualTo(Kind.UNPROVEN);
        scene.quiet();
        try (CheckedChain reopened = scene.open(settings)) {
            CheckedChain following = reopened.following(CheckedScene.known(reopened, settings));
            scene.resetCounts();
            assertThat(found(following.task(task)).app().owner()).isEqualTo(address(Wallet.APP_DEVELOPER));
            scene.assertRoundTrips(3, 3);
            assertThat(reopened.owner(found(following.task(task)).app().address()))
                    .isInstanceOf(OwnerLookup.Owner.class);
        }
    }

    @Test
    void openWhenRegistriesLeadInACircleThenRefused() {
        String registry = scene.poco.appRegistry();
        scene.write(
                registry,
                Bytes32.parse("0x" + word(14)),
                Bytes32.parse("0x" + "0".repeat(22) + "01" + registry.substring(2)));

        assertThatExceptionOfType(ChainRefused.class)
                .isThrownBy(() -> scene.open(settings).close())
                .withMessageContaining("replaced too often");
    }

    @Test
    void taskWhenOneNodeForgesItsProofsThenServedAndItIsBenched() {
        Bytes32 task = scene.settledTask();
        scene.nodes.get(2).misbehave(Lies.proof(), Lies.storage(FIVES));

        for (int i = 0; i < 3; i++) {
            assertThat(proven.task(task)).isInstanceOf(TaskLookup.Found.class);
        }
        eventually(
                () -> assertThat(proven.quorum().standings().get(2).standing()).isEqualTo(Standing.BENCHED));
    }

    @Test
    void taskWhenAllForgeTheirProofsThenUnproven() {
        Bytes32 task = scene.settledTask();
        scene.allMisbehave(Lies.proof());

        assertThat(failure(proven.task(task))).isEqualTo(Kind.UNPROVEN);
    }

    @Test
    void taskWhenNoNodeGivesProofsThenRefusedWithTheirError() {
        Bytes32 task = scene.settledTask();
        scene.allMisbehave(Lies.error(ProofRequest.METHOD, -32601, "the method does not exist"));

        assertThat(failure(proven.task(task))).isEqualTo(Kind.RPC_ERROR);
    }

    @Test
    void ownerWhenRegisteredThenProvenInTwoExchanges() {
        Bytes32 task = scene.settledTask();
        TaskFacts facts = found(proven.task(task));
        CheckedChain following = proven.following(CheckedScene.known(proven, settings));
        scene.resetCounts();

        assertThat(following.owner(facts.app().address())).isInstanceOfSatisfying(OwnerLookup.Owner.class, lookup -> {
            assertThat(lookup.owner()).isEqualTo(address(Wallet.APP_DEVELOPER));
            assertThat(lookup.provenance().level()).isEqualTo(TrustLevel.PROOF);
        });
        scene.assertRoundTrips(3, 2);
        assertThat(proven.owner(facts.deal().workerpool().address())).isInstanceOf(OwnerLookup.Owner.class);
    }

    @Test
    void readingsAtGivenBlocksAreProvenWholeAtEachAndRefusedWhenFalse() {
        Bytes32 task = scene.settledTask();
        Position.Known at =
                (Position.Known) CheckedScene.known(proven, settings).now(Purpose.REQUEST);
        List<BlockHeader> blocks = List.of(at.settled(), at.head());
        scene.resetCounts();

        assertThat(proven.tasksAt(task, blocks))
                .isInstanceOfSatisfying(
                        Checked.Read.class, read -> assertThat(read.level()).isEqualTo(TrustLevel.PROOF));
        scene.assertRoundTrips(3, 2);
        assertThat(proven.tasksAt(FIVES, blocks)).isInstanceOfSatisfying(Checked.Read.class, read -> {
            assertThat(read.level()).isEqualTo(TrustLevel.QUORUM);
            assertThat(read.value())
                    .isEqualTo(List.of(
                            new TaskAtBlock.Unknown(at.settled().ref()),
                            new TaskAtBlock.Unknown(at.head().ref())));
        });
        TaskFacts facts = found(proven.task(task));
        assertThat(proven.ownerAt(facts.app().address(), at.head()))
                .isInstanceOfSatisfying(
                        Checked.Read.class, read -> assertThat(read.level()).isEqualTo(TrustLevel.PROOF));
        scene.allMisbehave(at(at.head().ref(), call(digits("DOCKER"), digits("DOCKES"))));
        assertThat(proven.tasksAt(task, blocks))
                .isInstanceOfSatisfying(
                        Checked.Unavailable.class,
                        unavailable -> assertThat(unavailable.failure().kind()).isEqualTo(Kind.UNPROVEN));
    }

    @Test
    void ownerWhenAllNodesNameAnotherThenRefused() {
        Bytes32 task = scene.settledTask();
        Address app = found(proven.task(task)).app().address();
        scene.allMisbehave(Lies.owner(address(Wallet.APP_DEVELOPER), STRANGER));

        assertThat(proven.owner(app))
                .isInstanceOfSatisfying(
                        OwnerLookup.Unavailable.class,
                        lookup -> assertThat(lookup.failure().kind()).isEqualTo(Kind.UNPROVEN));
    }

    @Test
    void ownerWhenNoRegistryKnowsTheContractThenNobody() {
        String owned = scene.poco.appRegistry();

        assertThat(proven.owner(Address.parse(owned)))
                .isInstanceOfSatisfying(
                        OwnerLookup.NoOwner.class,
                        lookup -> assertThat(lookup.provenance().level()).isEqualTo(TrustLevel.QUORUM));
        try (CheckedChain quorum = scene.open(scene.settings())) {
            assertThat(quorum.owner(Address.parse(owned))).isInstanceOf(OwnerLookup.Owner.class);
        }
    }

    @Test
    void walletWhenAskedThenTheWordOfTheQuorum() {
        Address wallet = Address.parse(scene.scenario.deployWallet(Wallet.STRANGER));

        assertThat(proven.walletApprovesAtHead(wallet, FIVES, new byte[65]))
                .isInstanceOfSatisfying(
                        WalletLookup.Refuses.class,
                        lookup -> assertThat(lookup.provenance().level()).isEqualTo(TrustLevel.QUORUM));
    }

    /** Each value of a decision told otherwise, by the name that a refusal has for it. */
    private static Map<String, Lie> lies(TaskFacts facts) {
        String deal = digits(facts.deal().id());
        String active = word(1) + deal;
        long deadline = facts.task().contributionDeadline().getEpochSecond();
        long last = facts.task().finalDeadline().getEpochSecond();
        String terms = word(facts.deal().startTime().getEpochSecond());
        String trust = word(facts.deal().trust().longValueExact());
        String category = word(facts.deal().category());
        String tag = digits(facts.deal().tag());
        String requester = word(address(Wallet.REQUESTER));
        String stranger = word(STRANGER);
        long unit = facts.category().workClockTimeRef().toSeconds();
        Map<String, Lie> lies = new LinkedHashMap<>();
        lies.put("task.status", call(active, word(2) + deal));
        lies.put("task.contributionDeadline", call(word(deadline), word(deadline + 60)));
        lies.put("task.finalDeadline", call(word(last), word(last + 60)));
        lies.put("deal.workerpool.owner", owner(Wallet.WORKERPOOL_OWNER));
        lies.put("deal.requester", owner(Wallet.REQUESTER));
        lies.put("deal.app ", owner(facts.deal().app().address()));
        lies.put("deal.dataset ", owner(facts.dataset().orElseThrow().address()));
        lies.put("deal.workerpool ", owner(facts.deal().workerpool().address()));
        lies.put("deal.trust", call(trust + category + tag, word(9) + category + tag));
        lies.put("deal.category", call(trust + category + tag, trust + word(0) + tag));
        lies.put("deal.tag", call(tag + requester, word(5) + requester));
        lies.put("deal.beneficiary", call(requester + requester, requester + stranger));
        lies.put("deal.callback", call(requester + word(0), requester + stranger));
        lies.put("deal.botFirst", call(terms + word(0), terms + word(1)));
        lies.put("deal.botSize", call(terms + word(0) + word(2), terms + word(0) + word(3)));
        lies.put("category.workClockTimeRef", call(word(unit), word(unit + 1)));
        lies.put("deal.params", call(digits(CheckedScene.PARAMS), digits(CheckedScene.PARAMS.replace("é", "è"))));
        lies.put("deal.startTime", call(terms + word(0), word(1) + word(0)));
        lies.put("deal.app.owner", owner(Wallet.APP_DEVELOPER));
        lies.put("deal.dataset.owner", owner(Wallet.DATASET_OWNER));
        lies.put("app.mrenclave", call(digits("|" + "cd".repeat(32)), digits("|" + "dc".repeat(32))));
        lies.put("app.multiaddr", call(digits("registry.test/app:1"), digits("registry.test/app:2")));
        lies.put("app.type", call(digits("DOCKER"), digits("DOCKES")));
        lies.put("app.checksum", call(digits(Bytes32.of(CheckedScene.CHECKSUM)), digits(FIVES)));
        lies.put("dataset.multiaddr", call("42".repeat(32), "43".repeat(32)));
        return lies;
    }

    private static Lie call(String honest, String instead) {
        return Lies.replace("eth_call", honest, instead);
    }

    private static Lie owner(Wallet honest) {
        return owner(address(honest));
    }

    private static Lie owner(Address honest) {
        return Lies.owner(honest, STRANGER);
    }

    /** The lie for calls at one block alone. */
    private static Lie at(BlockRef block, Lie lie) {
        return (method, params, honest) ->
                block.hash().value().equals(params.path(1).path("blockHash").asString(""))
                        ? lie.answer(method, params, honest)
                        : honest.answer(method, params);
    }
}
