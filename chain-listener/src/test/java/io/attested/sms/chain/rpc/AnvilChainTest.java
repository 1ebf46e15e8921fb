package io.attested.sms.chain.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.ChainSettings;
import io.attested.sms.chain.ChainState;
import io.attested.sms.chain.OwnerLookup;
import io.attested.sms.chain.TaskFacts;
import io.attested.sms.chain.TaskLookup;
import io.attested.sms.chain.TaskStatus;
import io.attested.sms.contracts.testbed.DealTerms;
import io.attested.sms.contracts.testbed.LocalChain;
import io.attested.sms.contracts.testbed.MatchedDeal;
import io.attested.sms.contracts.testbed.Poco;
import io.attested.sms.contracts.testbed.PocoDeployment;
import io.attested.sms.contracts.testbed.Scenario;
import io.attested.sms.contracts.testbed.TeeTag;
import io.attested.sms.contracts.testbed.Wallet;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The real contracts on a real node. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnvilChainTest {
    private static final int DEPTH = 3;
    private static final String FINGERPRINT = "ab".repeat(32) + "|" + "cd".repeat(32) + "|" + "ef".repeat(16);
    private static final byte[] CHECKSUM = HexFormat.of().parseHex("17".repeat(32));

    private LocalChain node;
    private Poco poco;
    private Scenario scenario;
    private String snapshot = "";
    private JsonRpcChain atHead;
    private JsonRpcChain deep;

    @BeforeAll
    void deploy() {
        node = LocalChain.anvil();
        poco = PocoDeployment.deploy(node);
        scenario = Scenario.on(node, poco);
        ChainSettings settings = ChainSettings.of(node.url(), poco.chainId(), Address.parse(poco.hub()));
        atHead = JsonRpcChain.open(settings);
        deep = JsonRpcChain.open(settings.withDepth(DEPTH));
    }

    @AfterAll
    void stop() {
        atHead.close();
        deep.close();
        node.stop();
    }

    @BeforeEach
    void remember() {
        snapshot = node.snapshot();
    }

    @AfterEach
    void forget() {
        node.revert(snapshot);
    }

    @Test
    void taskWhenActiveWithADatasetThenAllFactsAreThoseOnChain() {
        byte[] ipfs = HexFormat.of().parseHex("a50322" + "1220" + "42".repeat(32));
        String app = scenario.createApp(
                Wallet.APP_DEVELOPER, "registry.test/app:1", CHECKSUM, FINGERPRINT.getBytes(StandardCharsets.US_ASCII));
        String dataset = scenario.createDataset(Wallet.DATASET_OWNER, ipfs, CHECKSUM);
        MatchedDeal deal = scenario.match(scenario.terms(app)
                .withDataset(dataset)
                .withParams("{\"iexec_args\":\"é\"}")
                .withTasks(2));
        String task = scenario.initialize(deal, 1);

        TaskFacts facts = found(atHead.task(Bytes32.parse(task)));

        assertThat(facts.settled()).isEqualTo(facts.head());
        assertThat(facts.depth()).isZero();
        assertThat(facts.task().status()).isEqualTo(TaskStatus.ACTIVE);
        assertThat(facts.task().index()).isEqualTo(1);
        assertThat(facts.task().dealId()).hasToString(deal.dealId());
        assertThat(facts.task().contributionDeadline())
                .isEqualTo(facts.deal()
                        .startTime()
                        .plus(facts.category().workClockTimeRef().multipliedBy(7)));
        assertThat(facts.task().finalDeadline())
                .isEqualTo(facts.deal()
                        .startTime()
                        .plus(facts.category().workClockTimeRef().multipliedBy(10)));
        assertThat(facts.deal().tag()).hasToString(TeeTag.SCONE.text());
        assertThat(facts.deal().params()).isEqualTo("{\"iexec_args\":\"é\"}");
        assertThat(facts.deal().botSize()).isEqualTo(2);
        assertThat(facts.deal().category()).isEqualTo(poco.testCategory());
        assertThat(facts.deal().app().address()).hasToString(app);
        assertThat(facts.deal().app().ownerAtMatch()).isEqualTo(address(Wallet.APP_DEVELOPER));
        assertThat(facts.deal().workerpool().address()).hasToString(deal.workerpool());
        assertThat(facts.deal().workerpool().ownerAtMatch()).isEqualTo(address(Wallet.WORKERPOOL_OWNER));
        assertThat(facts.deal().requester()).isEqualTo(address(Wallet.REQUESTER));
        assertThat(facts.deal().beneficiary()).isEqualTo(address(Wallet.REQUESTER));
        assertThat(facts.deal().callback().isZero()).isTrue();
        assertThat(facts.app().mrenclave().text()).contains(FINGERPRINT);
        assertThat(facts.app().multiaddr()).isEqualTo("registry.test/app:1");
        assertThat(facts.app().type()).isEqualTo("DOCKER");
        assertThat(facts.app().checksum()).isEqualTo(Bytes32.of(CHECKSUM));
        assertThat(facts.app().owner()).isEqualTo(address(Wallet.APP_DEVELOPER));
        assertThat(facts.dataset()).hasValueSatisfying(registered -> {
            assertThat(registered.address()).hasToString(dataset);
            assertThat(registered.owner()).isEqualTo(address(Wallet.DATASET_OWNER));
            assertThat(registered.multiaddr()).isEqualTo("/ipfs/QmSoJDZ1jBog5aocvfpvF7rwfLcxjt6qsoxF1AYFMrWgMf");
            assertThat(registered.checksum()).isEqualTo(Bytes32.of(CHECKSUM));
        });
        assertThat(facts.atHead().status()).isEqualTo(TaskStatus.ACTIVE);
        assertThat(facts.atHead().appOwner()).isEqualTo(address(Wallet.APP_DEVELOPER));
        assertThat(facts.atHead().datasetOwner()).contains(address(Wallet.DATASET_OWNER));
    }

    @Test
    void taskWhenDealHasNoDatasetAndNoTagThenSaysSo() {
        MatchedDeal deal = scenario.match(terms().withTag(TeeTag.NONE));

        TaskFacts facts = found(atHead.task(Bytes32.parse(scenario.initialize(deal, 0))));

        assertThat(facts.dataset()).isEmpty();
        assertThat(facts.deal().dataset()).isEmpty();
        assertThat(facts.atHead().datasetOwner()).isEmpty();
        assertThat(facts.deal().tag().isZero()).isTrue();
    }

    @Test
    void taskWhenNeverInitialisedThenUnknown() {
        MatchedDeal deal = scenario.match(terms().withTasks(2));
        scenario.initialize(deal, 0);

        assertThat(atHead.task(Bytes32.parse(deal.taskId(1)))).isInstanceOf(TaskLookup.Unknown.class);
        assertThat(deep.task(Bytes32.parse(deal.taskId(1)))).isInstanceOf(TaskLookup.Unknown.class);
        assertThat(atHead.task(Bytes32.ZERO)).isInstanceOf(TaskLookup.Unknown.class);
    }

    @Test
    void taskWhenYoungerThanTheDepthThenNotSettledUntilItIsDeepEnough() {
        Bytes32 task = Bytes32.parse(scenario.initialize(scenario.match(terms()), 0));

        node.mine(DEPTH - 1);
        TaskLookup early = deep.task(task);
        assertThat(early)
                .isInstanceOfSatisfying(
                        TaskLookup.NotSettled.class,
                        unsettled -> assertThat(unsettled.head().number()
                                        - unsettled.settled().number())
                                .isEqualTo(DEPTH));
        assertThat(deep.taskAtHead(task)).isInstanceOf(TaskLookup.Found.class);

        node.mine(1);
        TaskFacts facts = found(deep.task(task));
        assertThat(facts.depth()).isEqualTo(DEPTH);
        assertThat(facts.head().number()).isEqualTo(facts.settled().number() + DEPTH);
    }

    @Test
    void taskWhenCompletedThenTheHeadSaysSoBeforeTheSettledBlock() {
        String task = scenario.initialize(scenario.match(terms()), 0);
        node.mine(DEPTH);
        scenario.complete(task, Wallet.WORKER, Wallet.random(new SecureRandom()));

        TaskFacts facts = found(deep.task(Bytes32.parse(task)));

        assertThat(facts.task().status()).isEqualTo(TaskStatus.ACTIVE);
        assertThat(facts.atHead().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(found(atHead.task(Bytes32.parse(task))).task().status()).isEqualTo(TaskStatus.COMPLETED);
    }

    @Test
    void taskWhenClaimedAfterItsDeadlineThenFailed() {
        String task = scenario.initialize(scenario.match(terms().withCategory(poco.shortCategory())), 0);
        node.increaseTime(20);
        assertThat(found(atHead.task(Bytes32.parse(task))).task().contributionDeadline())
                .isBefore(found(atHead.task(Bytes32.parse(task))).head().time());

        scenario.claim(task);

        TaskFacts facts = found(atHead.task(Bytes32.parse(task)));
        assertThat(facts.task().status()).isEqualTo(TaskStatus.FAILED);
        assertThat(facts.category().workClockTimeRef()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void taskWhenDatasetIsSoldThenOwnersAtMatchAtSettledAndAtHeadDiffer() {
        String dataset = scenario.createDataset("http://127.0.0.1/data", CHECKSUM);
        String task = scenario.initialize(scenario.match(terms().withDataset(dataset)), 0);
        node.mine(DEPTH);
        scenario.transferDataset(dataset, Wallet.DATASET_OWNER, Wallet.STRANGER);

        TaskFacts before = found(deep.task(Bytes32.parse(task)));
        assertThat(before.dataset())
                .hasValueSatisfying(d -> assertThat(d.owner()).isEqualTo(address(Wallet.DATASET_OWNER)));
        assertThat(before.atHead().datasetOwner()).contains(address(Wallet.STRANGER));

        node.mine(DEPTH);
        TaskFacts after = found(deep.task(Bytes32.parse(task)));
        assertThat(after.dataset())
                .hasValueSatisfying(d -> assertThat(d.owner()).isEqualTo(address(Wallet.STRANGER)));
        assertThat(after.deal().dataset())
                .hasValueSatisfying(d -> assertThat(d.ownerAtMatch()).isEqualTo(address(Wallet.DATASET_OWNER)));
    }

    @Test
    void taskWhenAppIsSoldThenTheHeadNamesTheBuyer() {
        String app = scenario.createApp(FINGERPRINT);
        String task = scenario.initialize(scenario.match(scenario.terms(app)), 0);
        node.mine(DEPTH);
        scenario.transferApp(app, Wallet.APP_DEVELOPER, Wallet.STRANGER);

        TaskFacts facts = found(deep.task(Bytes32.parse(task)));

        assertThat(facts.app().owner()).isEqualTo(address(Wallet.APP_DEVELOPER));
        assertThat(facts.atHead().appOwner()).isEqualTo(address(Wallet.STRANGER));
    }

    @Test
    void taskWhenItsInitialisationIsReorganisedAwayThenUnknownAgain() {
        MatchedDeal deal = scenario.match(terms());
        node.mine(5);
        Bytes32 task = Bytes32.parse(scenario.initialize(deal, 0));
        TaskFacts facts = found(atHead.task(task));

        node.reorganise(1);

        assertThat(atHead.task(task)).isInstanceOfSatisfying(TaskLookup.Unknown.class, unknown -> {
            assertThat(unknown.head().number()).isEqualTo(facts.head().number());
            assertThat(unknown.head().hash()).isNotEqualTo(facts.head().hash());
        });
    }

    @Test
    void ownerWhenAssetIsSoldThenTheBuyer() {
        String dataset = scenario.createDataset("http://127.0.0.1/data", CHECKSUM);
        assertThat(ownerOf(dataset)).isEqualTo(address(Wallet.DATASET_OWNER));

        scenario.transferDataset(dataset, Wallet.DATASET_OWNER, Wallet.STRANGER);

        assertThat(ownerOf(dataset)).isEqualTo(address(Wallet.STRANGER));
    }

    @Test
    void ownerWhenNoContractOrNoOwnerFunctionThenNoOwner() {
        assertThat(atHead.owner(address(Wallet.STRANGER))).isInstanceOf(OwnerLookup.NoOwner.class);
        assertThat(atHead.owner(Address.ZERO)).isInstanceOf(OwnerLookup.NoOwner.class);
        String creationOfAContractThatReverts = "0x6005600c60003960056000f360006000fd";
        assertThat(atHead.owner(Address.parse(scenario.deploy(creationOfAContractThatReverts))))
                .isInstanceOf(OwnerLookup.NoOwner.class);
    }

    @Test
    void stateWhenNodeAnswersThenHeadAndSettledAreDepthApart() {
        assertThat(deep.state()).isInstanceOfSatisfying(ChainState.Ready.class, ready -> {
            assertThat(ready.head().number()).isEqualTo(node.height());
            assertThat(ready.settled().number()).isEqualTo(node.height() - DEPTH);
        });
    }

    @Test
    void everythingWhenNodeIsStoppedThenUnreachable() {
        LocalChain other = LocalChain.anvil();
        Poco there = PocoDeployment.deploy(other);
        try (JsonRpcChain chain =
                JsonRpcChain.open(ChainSettings.of(other.url(), there.chainId(), Address.parse(there.hub())))) {
            other.stop();

            assertThat(chain.task(Bytes32.ZERO))
                    .isInstanceOfSatisfying(
                            TaskLookup.Unavailable.class,
                            unavailable ->
                                    assertThat(unavailable.failure().kind()).isEqualTo(Kind.UNREACHABLE));
            assertThat(chain.owner(Address.ZERO)).isInstanceOf(OwnerLookup.Unavailable.class);
            assertThat(chain.state()).isInstanceOf(ChainState.Unavailable.class);
        }
    }

    private DealTerms terms() {
        return scenario.terms(scenario.createApp(FINGERPRINT));
    }

    private Address ownerOf(String asset) {
        return assertThat(atHead.owner(Address.parse(asset)))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.type(OwnerLookup.Owner.class))
                .actual()
                .owner();
    }

    private static TaskFacts found(TaskLookup lookup) {
        assertThat(lookup).isInstanceOf(TaskLookup.Found.class);
        return ((TaskLookup.Found) lookup).facts();
    }

    private static Address address(Wallet wallet) {
        return Address.parse(wallet.address());
    }
}
