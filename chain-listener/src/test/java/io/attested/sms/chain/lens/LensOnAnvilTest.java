package io.attested.sms.chain.lens;

import static io.attested.sms.chain.lens.SameFacts.assertThatLensAgrees;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.ChainSettings;
import io.attested.sms.chain.TaskStatus;
import io.attested.sms.chain.lens.HubAtBlock.Generation;
import io.attested.sms.chain.lens.HubAtBlock.Money;
import io.attested.sms.chain.rpc.JsonRpcChain;
import io.attested.sms.contracts.testbed.DealTerms;
import io.attested.sms.contracts.testbed.LocalChain;
import io.attested.sms.contracts.testbed.MatchedDeal;
import io.attested.sms.contracts.testbed.Poco;
import io.attested.sms.contracts.testbed.PocoDeployment;
import io.attested.sms.contracts.testbed.Scenario;
import io.attested.sms.contracts.testbed.TeeTag;
import io.attested.sms.contracts.testbed.Wallet;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lenses against the real contracts on a real node. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LensOnAnvilTest {
    private static final int DEPTH = 3;

    private LocalChain chain;
    private Poco poco;
    private Scenario scenario;
    private LensQuestions questions;
    private LensNode node;
    private JsonRpcChain callByCall;
    private String snapshot = "";

    @BeforeAll
    void deploy() {
        chain = LocalChain.anvil();
        poco = PocoDeployment.deploy(chain);
        scenario = Scenario.on(chain, poco);
        Address hub = Address.parse(poco.hub());
        questions = new LensQuestions(poco.chainId(), hub, Optional.empty());
        node = new LensNode(chain.url());
        callByCall = JsonRpcChain.open(
                ChainSettings.of(chain.url(), poco.chainId(), hub).withDepth(DEPTH));
    }

    @AfterAll
    void stop() {
        callByCall.close();
        chain.stop();
    }

    @BeforeEach
    void remember() {
        snapshot = chain.snapshot();
    }

    @AfterEach
    void forget() {
        chain.revert(snapshot);
    }

    @Test
    void taskWhenActiveThenTheFactsOfCallByCallInOneExchange() throws Exception {
        String app = scenario.createApp("ab".repeat(32) + "|" + "cd".repeat(32) + "|" + "ef".repeat(16));
        String dataset =
                scenario.createDataset("http://127.0.0.1/data", HexFormat.of().parseHex("17".repeat(32)));
        MatchedDeal deal = scenario.match(scenario.terms(app)
                .withDataset(dataset)
                .withParams("{\"iexec_args\":\"é\"}")
                .withTasks(2));
        String task = scenario.initialize(deal, 1);
        chain.mine(DEPTH);

        TaskAtBlock.Known known = agreed(task);

        assertThat(known.facts().sponsor()).contains(address(Wallet.REQUESTER));
        assertThat(known.facts().owners().dataset()).contains(address(Wallet.DATASET_OWNER));
        assertThat(known.facts().owners().workerpool()).isEqualTo(address(Wallet.WORKERPOOL_OWNER));
        DealAtBlock byDeal = node.ask(questions.deal(Bytes32.parse(deal.dealId())), known.block());
        assertThat(byDeal).isEqualTo(new DealAtBlock.Known(known.block(), known.facts()));
    }

    @Test
    void taskWhenWithoutDatasetAndTagThenTheFactsOfCallByCall() throws Exception {
        String task = scenario.initialize(scenario.match(terms().withTag(TeeTag.NONE)), 0);
        chain.mine(DEPTH);

        assertThat(agreed(task).facts().dataset()).isEmpty();
    }

    @Test
    void taskWhenSoldAndCompletedSinceSettledThenBothBlocksAreThoseOfCallByCall() throws Exception {
        String dataset = scenario.createDataset("http://127.0.0.1/data", new byte[32]);
        DealTerms terms = terms().withDataset(dataset);
        String task = scenario.initialize(scenario.match(terms), 0);
        chain.mine(DEPTH);
        scenario.transferDataset(dataset, Wallet.DATASET_OWNER, Wallet.STRANGER);
        scenario.transferApp(terms.app(), Wallet.APP_DEVELOPER, Wallet.STRANGER);
        scenario.complete(task, Wallet.WORKER, Wallet.random(new SecureRandom()));

        assertThat(agreed(task).task().status()).isEqualTo(TaskStatus.ACTIVE);

        chain.mine(DEPTH);
        assertThat(agreed(task).task().status()).isEqualTo(TaskStatus.COMPLETED);
    }

    @Test
    void taskWhenClaimedThenFailed() throws Exception {
        String task = scenario.initialize(scenario.match(terms().withCategory(poco.shortCategory())), 0);
        chain.increaseTime(20);
        scenario.claim(task);
        chain.mine(DEPTH);

        assertThat(agreed(task).task().status()).isEqualTo(TaskStatus.FAILED);
    }

    @Test
    void taskWhenSponsoredThenServedAndTheSponsorIsNamed() throws Exception {
        String task = scenario.initialize(scenario.sponsor(terms(), Wallet.STRANGER), 0);
        chain.mine(DEPTH);

        TaskAtBlock.Known known = agreed(task);

        assertThat(known.facts().sponsor()).contains(address(Wallet.STRANGER));
        assertThat(known.facts().deal().requester()).isEqualTo(address(Wallet.REQUESTER));
    }

    @Test
    void taskWhenBoostedThenRecognisedByTheClaimedDealOnly() throws Exception {
        MatchedDeal deal = scenario.boost(terms().withTasks(2));
        Bytes32 id = Bytes32.parse(deal.dealId());
        Bytes32 task = Bytes32.parse(deal.taskId(1));
        BoostedDeal boosted = new BoostedDeal(id, address(Wallet.REQUESTER), 0, 2);
        BlockRef head = node.head();

        assertThat(node.ask(questions.deal(id), head)).isEqualTo(new DealAtBlock.Boosted(head, boosted));
        assertThat(node.ask(questions.task(task, id, 1), head))
                .isEqualTo(new TaskAtBlock.Boosted(head, Optional.of(boosted)));
        assertThat(node.ask(questions.task(task, id, 0), head)).isEqualTo(new TaskAtBlock.Unknown(head));
        assertThat(node.ask(questions.task(task), head)).isEqualTo(new TaskAtBlock.Unknown(head));
    }

    @Test
    void taskWhenNeverInitialisedThenUnknownAlsoWithItsDealClaimed() throws Exception {
        MatchedDeal deal = scenario.match(terms());
        BlockRef head = node.head();

        Bytes32 task = Bytes32.parse(deal.taskId(0));
        assertThat(node.ask(questions.task(task), head)).isEqualTo(new TaskAtBlock.Unknown(head));
        assertThat(node.ask(questions.task(task, Bytes32.parse(deal.dealId()), 0), head))
                .isEqualTo(new TaskAtBlock.Unknown(head));
        assertThat(node.ask(questions.task(Bytes32.ZERO), head)).isEqualTo(new TaskAtBlock.Unknown(head));
        assertThat(node.ask(questions.deal(task), head)).isEqualTo(new DealAtBlock.Unknown(head));
    }

    @Test
    void taskWhenBlockIsBeforeTheHubThenUnknown() throws Exception {
        BlockRef first = node.block(1);

        assertThat(node.ask(questions.task(Bytes32.of(new byte[32])), first)).isEqualTo(new TaskAtBlock.Unknown(first));
    }

    @Test
    void taskWhenParamsAreLongerThanALensMayReturnThenReadByACallOfItsOwn() throws Exception {
        String params = "x".repeat(34_000);
        String dataset = scenario.createDataset("http://127.0.0.1/" + "d".repeat(12_000), new byte[32]);
        String app = scenario.createApp("m".repeat(12_000));
        MatchedDeal deal =
                scenario.match(scenario.terms(app).withDataset(dataset).withParams(params));
        Bytes32 task = Bytes32.parse(scenario.initialize(deal, 0));
        BlockRef head = node.head();

        TaskAtBlock answer = node.ask(questions.task(task), head);
        int rounds = 0;
        while (answer instanceof TaskAtBlock.TooLong tooLong) {
            answer = node.complete(tooLong.texts(), head);
            rounds++;
        }

        assertThat(rounds).isEqualTo(2);
        assertThat(answer).isInstanceOfSatisfying(TaskAtBlock.Known.class, known -> {
            assertThat(known.facts().deal().params()).isEqualTo(params);
            assertThat(known.facts().app().mrenclave().text()).contains("m".repeat(12_000));
            assertThat(known.facts().dataset())
                    .hasValueSatisfying(d -> assertThat(d.multiaddr()).hasSize(12_017));
        });
    }

    @Test
    void taskWhenAssetsBelongToContractWalletsThenServedWithThemAsOwners() throws Exception {
        Address wallet = Address.parse(scenario.deployWallet(Wallet.DATASET_OWNER));
        Address pool = Address.parse(scenario.deployWallet(Wallet.WORKERPOOL_OWNER));
        Address developer = Address.parse(scenario.deployWallet(Wallet.APP_DEVELOPER));
        String dataset = scenario.createDataset("http://127.0.0.1/data", new byte[32]);
        DealTerms terms = terms().withDataset(dataset);
        scenario.transferDataset(dataset, Wallet.DATASET_OWNER, wallet.value());
        scenario.transferApp(terms.app(), Wallet.APP_DEVELOPER, developer.value());
        scenario.transferWorkerpool(terms.workerpool(), Wallet.WORKERPOOL_OWNER, pool.value());
        String task = scenario.initialize(scenario.match(terms), 0);
        chain.mine(DEPTH);

        TaskAtBlock.Known known = agreed(task);

        assertThat(known.facts().owners()).isEqualTo(new AssetOwners(developer, Optional.of(wallet), pool));
        assertThat(known.facts().deal().workerpool().ownerAtMatch()).isEqualTo(pool);
    }

    @Test
    void ownerWhenAssetIsRegisteredThenItsOwnerAndRegistry() throws Exception {
        String dataset = scenario.createDataset("http://127.0.0.1/data", new byte[32]);

        OwnerAtBlock owner = node.ask(questions.owner(Address.parse(dataset)), node.head());

        assertThat(owner.owner()).contains(address(Wallet.DATASET_OWNER));
        assertThat(owner.hasCode()).isTrue();
        assertThat(owner.registries()).containsExactly(Registry.DATASET);
    }

    @Test
    void ownerWhenNoContractThenNobody() throws Exception {
        OwnerAtBlock owner = node.ask(questions.owner(address(Wallet.STRANGER)), node.head());

        assertThat(owner.owner()).isEmpty();
        assertThat(owner.hasCode()).isFalse();
        assertThat(owner.registries()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void ownerAndWalletWhenContractIsHostileThenNobodyAndRefused(int kind) throws Exception {
        Address hostile = Address.parse(scenario.deployHostile(kind));
        BlockRef head = node.head();

        assertThat(node.ask(questions.owner(hostile), head))
                .isEqualTo(new OwnerAtBlock(head, Optional.empty(), true, Set.of()));
        assertThat(node.ask(questions.wallet(hostile, Bytes32.ZERO, new byte[65]), head))
                .isEqualTo(new WalletAtBlock.Refuses(head));
        assertThat(node.answer(questions.owner(hostile), head)).hasSizeLessThan(4000);
    }

    @Test
    void walletWhenItsKeySignedThenApprovesAndNothingElse() throws Exception {
        Address wallet = Address.parse(scenario.deployWallet(Wallet.DATASET_OWNER));
        byte[] hash = Wallet.keccak(new byte[] {1});
        byte[] signature =
                HexFormat.of().parseHex(Wallet.DATASET_OWNER.signDigest(hash).substring(2));
        byte[] another =
                HexFormat.of().parseHex(Wallet.STRANGER.signDigest(hash).substring(2));
        BlockRef head = node.head();

        assertThat(node.ask(questions.wallet(wallet, Bytes32.of(hash), signature), head))
                .isEqualTo(new WalletAtBlock.Approves(head));
        assertThat(node.ask(questions.wallet(wallet, Bytes32.of(hash), another), head))
                .isEqualTo(new WalletAtBlock.Refuses(head));
        assertThat(node.ask(questions.wallet(wallet, Bytes32.ZERO, signature), head))
                .isEqualTo(new WalletAtBlock.Refuses(head));
        assertThat(node.ask(questions.wallet(wallet, Bytes32.of(hash), new byte[0]), head))
                .isEqualTo(new WalletAtBlock.Refuses(head));
        assertThat(node.ask(questions.wallet(wallet, Bytes32.of(hash), new byte[40_000]), head))
                .isEqualTo(new WalletAtBlock.Refuses(head));
        assertThat(node.ask(questions.wallet(address(Wallet.DATASET_OWNER), Bytes32.of(hash), signature), head))
                .isEqualTo(new WalletAtBlock.NoContract(head));
        assertThat(node.ask(questions.wallet(Address.parse(poco.hub()), Bytes32.of(hash), signature), head))
                .isEqualTo(new WalletAtBlock.Refuses(head));
        assertThatThrownBy(() -> questions.wallet(wallet, Bytes32.of(hash), new byte[40_001]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hubWhenDeployedThenAPocoOfThisGenerationPaidInTokens() throws Exception {
        assertThat(node.ask(questions.hub(), node.head())).isInstanceOfSatisfying(HubAtBlock.Poco.class, hub -> {
            assertThat(hub.generation()).isEqualTo(Generation.V6_1_OR_6_2);
            assertThat(hub.money()).isEqualTo(Money.TOKEN);
            assertThat(hub.boosts()).isTrue();
        });
    }

    @Test
    void hubWhenAnotherContractOrNoneThenNotPocoAndWhy() throws Exception {
        assertThat(notPoco(poco.rlc())).contains("registries");
        assertThat(notPoco(poco.appRegistry())).contains("registries");
        assertThat(notPoco(scenario.deployHostile(0))).contains("registries");
        assertThat(notPoco(Wallet.STRANGER.address())).contains("no contract");
    }

    @Test
    void readWhenAnswerIsOfAnotherBlockChainOrHubThenRefused() throws Exception {
        MatchedDeal deal = scenario.match(terms());
        Address hub = Address.parse(poco.hub());
        Bytes32 task = Bytes32.parse(scenario.initialize(deal, 0));
        BlockRef head = node.head();
        String answer = node.answer(questions.task(task), head);

        assertThat(questions.task(task).read(answer, head)).isInstanceOf(TaskAtBlock.Known.class);
        BlockRef later = new BlockRef(head.number(), head.hash(), head.time().plusSeconds(1));
        BlockRef higher = new BlockRef(head.number() + 1, head.hash(), head.time());
        assertRefused(() -> questions.task(task).read(answer, later), Kind.INCONSISTENT);
        assertRefused(() -> questions.task(task).read(answer, higher), Kind.INCONSISTENT);
        assertRefused(
                () -> new LensQuestions(1, hub, Optional.empty()).task(task).read(answer, head), Kind.WRONG_CHAIN);
        assertRefused(
                () -> new LensQuestions(poco.chainId(), hub, Optional.of(Bytes32.ZERO))
                        .task(task)
                        .read(answer, head),
                Kind.INCONSISTENT);
        assertRefused(() -> questions.task(Bytes32.parse(deal.dealId())).read(answer, head), Kind.INCONSISTENT);
        assertRefused(() -> questions.deal(task).read(answer, head), Kind.INCONSISTENT);
        assertRefused(() -> questions.owner(hub).read(answer, head), Kind.MALFORMED_ANSWER);
        assertRefused(() -> questions.task(task).read("0x", head), Kind.MALFORMED_ANSWER);
    }

    @Test
    void taskWhenNodeAllowsTooLittleGasThenAnOutageAndNoFacts() {
        Bytes32 task = Bytes32.parse(scenario.initialize(scenario.match(terms()), 0));
        BlockRef head = node.head();

        assertRefused(() -> node.askWithGas(questions.task(task), head, 3_000_000), Kind.RPC_ERROR);
        assertThat(catchThrowable(() -> node.askWithGas(questions.task(task), head, 10_000_000)))
                .isNull();
    }

    private String notPoco(String address) throws FactsRefused {
        LensQuestions others = new LensQuestions(poco.chainId(), Address.parse(address), Optional.empty());
        HubAtBlock hub = node.ask(others.hub(), node.head());
        assertThat(hub).isInstanceOf(HubAtBlock.NotPoco.class);
        return ((HubAtBlock.NotPoco) hub).why();
    }

    private static void assertRefused(ThrowingCallable reading, Kind kind) {
        assertThatThrownBy(reading)
                .isInstanceOfSatisfying(
                        FactsRefused.class,
                        refused -> assertThat(refused.failure().kind()).isEqualTo(kind));
    }

    private TaskAtBlock.Known agreed(String task) throws FactsRefused {
        return assertThatLensAgrees(callByCall, node, questions, Bytes32.parse(task));
    }

    private DealTerms terms() {
        return scenario.terms(scenario.createApp("x"));
    }

    private static Address address(Wallet wallet) {
        return Address.parse(wallet.address());
    }
}
