package io.attested.sms.chain.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.RegisteredBytes;
import io.attested.sms.chain.TaskStatus;
import io.attested.sms.contracts.testbed.LocalChain;
import io.attested.sms.contracts.testbed.MatchedDeal;
import io.attested.sms.contracts.testbed.Poco;
import io.attested.sms.contracts.testbed.PocoDeployment;
import io.attested.sms.contracts.testbed.Scenario;
import io.attested.sms.contracts.testbed.TeeTag;
import io.attested.sms.contracts.testbed.Wallet;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.crypto.Hash;
import tools.jackson.databind.JsonNode;

/** Where PoCo 6.1 keeps its values: what its own views say is proven by its storage. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PocoProofTest {
    private static final byte[] CHECKSUM = HexFormat.of().parseHex("17".repeat(32));
    private static final byte[] IPFS = HexFormat.of().parseHex("a503221220" + "42".repeat(32));

    private static final String ORDERS_MATCHED =
            Hash.sha3String("OrdersMatched(bytes32,bytes32,bytes32,bytes32,bytes32,uint256)");

    private LocalChain chain;
    private Poco poco;
    private Scenario scenario;
    private ProofNode node;
    private String snapshot = "";

    @BeforeAll
    void deploy() {
        chain = LocalChain.anvil();
        poco = PocoDeployment.deploy(chain);
        scenario = Scenario.on(chain, poco);
        node = new ProofNode(chain.url(), Address.parse(poco.hub()));
    }

    @AfterAll
    void stop() {
        node.close();
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
    void aTaskWithADatasetIsProvenByOneQuestionForEachAccount() {
        ProofNode.Read read = node.read(task(2, "{\"iexec_args\":\"é\"}"));

        ProofPlan plan = node.plan(read.rights());

        assertThat(plan.requests())
                .extracting(ProofRequest::account)
                .containsExactly(
                        Address.parse(poco.hub()),
                        read.rights().app().address(),
                        Address.parse(poco.appRegistry()),
                        read.rights().dataset().orElseThrow().address(),
                        Address.parse(poco.datasetRegistry()));
        assertThat(plan.judge(node.stateRoot(read.block()), node.answers(plan, read.block())))
                .isInstanceOf(ProofVerdict.Proven.class);
    }

    @Test
    void aTaskWithoutDatasetIsProvenAndADatasetThatItDoesNotHaveIsNot() {
        ProofNode.Read read = node.read(scenario.initialize(
                scenario.match(scenario.terms(scenario.createApp("")).withTag(TeeTag.NONE)), 0));
        Fact.DatasetFact invented =
                node.dataset(Address.parse(scenario.createDataset("http://127.0.0.1/data", CHECKSUM)), node.head());
        Fact.RightsFact rights = read.rights();

        assertProven(read.block(), rights);
        assertThat(node.prove(
                        node.head(),
                        new Fact.RightsFact(
                                rights.task(), rights.deal(), rights.category(), rights.app(), Optional.of(invented))))
                .isEqualTo(new ProofVerdict.Contradicted(
                        "deal.dataset", Word.of(invented.address()).value(), Bytes32.ZERO.value()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 30, 31, 32, 33, 63, 64, 65, 1000})
    void textsAndBytesAreProvenAtEveryLength(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        String app = scenario.createApp(Wallet.APP_DEVELOPER, "é".repeat(length), CHECKSUM, bytes);
        String dataset = scenario.createDataset(Wallet.DATASET_OWNER, bytes, CHECKSUM);
        MatchedDeal deal =
                scenario.match(scenario.terms(app).withDataset(dataset).withParams("x".repeat(length)));
        ProofNode.Read read = node.read(scenario.initialize(deal, 0));

        assertThat(read.rights().app().mrenclave()).isEqualTo(RegisteredBytes.of(bytes));
        assertThat(read.rights().deal().params()).hasSize(length);
        assertProven(read.block(), read.rights());
    }

    @Test
    void whatFollowsTheLastByteOfALongTextIsNoPartOfIt() {
        Address app =
                Address.parse(scenario.createApp(Wallet.APP_DEVELOPER, "registry.test/app:1", CHECKSUM, new byte[33]));
        Bytes32 lastWord = Word.plus(Word.elements(Word.of(5)), 1);
        node.write(app, lastWord, Bytes32.parse("0x00" + "ff".repeat(31)));

        Fact.AppFact fact = node.app(app, node.head());

        assertThat(fact.mrenclave()).isEqualTo(RegisteredBytes.of(new byte[33]));
        assertProven(node.head(), fact);
        node.write(app, lastWord, Bytes32.parse("0x01" + "00".repeat(31)));
        assertThat(node.prove(node.head(), fact))
                .isInstanceOfSatisfying(
                        ProofVerdict.Contradicted.class,
                        refusal -> assertThat(refusal.value()).isEqualTo("app.mrenclave"));
    }

    @Test
    void everyStatusOfATaskIsProvenAtItsOwnBlock() {
        MatchedDeal deal = scenario.match(scenario.terms(scenario.createApp("")).withTasks(2));
        BlockRef before = node.head();
        String task = scenario.initialize(deal, 0);
        ProofNode.Read active = node.read(task);
        scenario.complete(task, Wallet.WORKER, Wallet.random(new SecureRandom()));
        ProofNode.Read completed = node.read(task);

        assertThat(completed.rights().task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertProven(before, new Fact.NoTaskFact(Bytes32.parse(task)));
        assertProven(active.block(), active.rights());
        assertProven(completed.block(), completed.rights());
        assertProven(
                completed.block(),
                new Fact.LivenessFact(
                        Bytes32.parse(task),
                        TaskStatus.COMPLETED,
                        completed.rights().task().contributionDeadline()),
                new Fact.NoTaskFact(Bytes32.parse(deal.taskId(1))));
        assertThat(node.prove(completed.block(), active.rights()))
                .isEqualTo(new ProofVerdict.Contradicted(
                        "task.status", Word.of(1).value(), Word.of(3).value()));
        assertThat(node.prove(active.block(), new Fact.NoTaskFact(Bytes32.parse(task))))
                .isEqualTo(new ProofVerdict.Contradicted(
                        "task.status", Word.of(0).value(), Word.of(1).value()));
    }

    @Test
    void aFailedTaskAndAShortCategoryAreProven() {
        String task = scenario.initialize(
                scenario.match(scenario.terms(scenario.createApp("")).withCategory(poco.shortCategory())), 0);
        chain.increaseTime(20);
        scenario.claim(task);

        ProofNode.Read read = node.read(task);

        assertThat(read.rights().task().status()).isEqualTo(TaskStatus.FAILED);
        assertThat(read.rights().category().workClockTimeRef()).isEqualTo(Duration.ofSeconds(1));
        assertProven(read.block(), read.rights());
    }

    @Test
    void anOwnerIsProvenUntilTheSaleAndTheBuyerFromThenOn() {
        Address dataset = Address.parse(scenario.createDataset(Wallet.DATASET_OWNER, IPFS, CHECKSUM));
        Registry registry = Registry.current(Registry.Kind.DATASET, Address.parse(poco.datasetRegistry()));
        Fact.OwnerFact seller = new Fact.OwnerFact(dataset, registry, address(Wallet.DATASET_OWNER));
        Fact.OwnerFact buyer = new Fact.OwnerFact(dataset, registry, address(Wallet.STRANGER));
        BlockRef before = node.head();

        scenario.transferDataset(dataset.value(), Wallet.DATASET_OWNER, Wallet.STRANGER);

        BlockRef after = node.head();
        assertProven(before, seller);
        assertProven(after, buyer);
        assertThat(node.prove(before, buyer))
                .isEqualTo(new ProofVerdict.Contradicted(
                        "dataset.owner", Wallet.STRANGER.address(), "not " + Wallet.STRANGER.address()));
        assertThat(node.prove(after, seller)).isInstanceOf(ProofVerdict.Contradicted.class);
    }

    @Test
    void theOwnerOfAWorkerpoolIsProven() {
        Address pool = Address.parse(scenario.createWorkerpool());
        Registry registry = Registry.current(Registry.Kind.WORKERPOOL, Address.parse(poco.workerpoolRegistry()));

        assertProven(node.head(), new Fact.OwnerFact(pool, registry, address(Wallet.WORKERPOOL_OWNER)));
    }

    @Test
    void anAssetOfAFormerRegistryIsProvenOverThePathFromTheHub() {
        Address app = Address.parse(scenario.createApp("fingerprint"));
        Address former = Address.parse(poco.appRegistry());
        Address present = Address.parse(poco.datasetRegistry());
        Hub hub = new Hub(Address.parse(poco.hub()));
        node.write(hub.address(), hub.registry(Registry.Kind.APP).slot(), Word.of(present));
        node.write(
                present,
                Word.of(14),
                Bytes32.parse("0x" + "00".repeat(11) + "01" + former.value().substring(2)));
        Fact.AppFact direct = node.app(app, node.head());

        assertThat(node.address(present, "previous()", "", node.head())).isEqualTo(former);
        assertThat(node.prove(node.head(), direct))
                .isEqualTo(new ProofVerdict.Contradicted(
                        "hub.appRegistry",
                        Word.of(former).value(),
                        Word.of(present).value()));
        Fact.OwnerFact overThePath =
                new Fact.OwnerFact(app, new Registry(Registry.Kind.APP, List.of(present, former)), direct.owner());
        assertProven(node.head(), overThePath);
        Registry wrong = new Registry(Registry.Kind.APP, List.of(present, app, former));
        assertThat(wrong.endingAt(app)).contains(new Registry(Registry.Kind.APP, List.of(present, app)));
        assertThat(wrong.endingAt(Address.ZERO)).isEmpty();
        assertThat(node.prove(node.head(), new Fact.OwnerFact(app, wrong, direct.owner())))
                .isInstanceOfSatisfying(
                        ProofVerdict.Contradicted.class,
                        refusal -> assertThat(refusal.value()).isEqualTo("hub.appRegistry.previous"));
    }

    @Test
    void whatIsUsedOfAnOrderAndWhoPresignedItIsProven() {
        Address hub = Address.parse(poco.hub());
        task(3, "");
        JsonNode logs = node.call(
                "eth_getLogs", Map.of("fromBlock", "0x0", "address", hub.value(), "topics", List.of(ORDERS_MATCHED)));
        String data = logs.get(logs.size() - 1).get("data").asString();
        Bytes32 appOrder = Bytes32.parse("0x" + data.substring(66, 130));
        BlockRef head = node.head();

        assertThat(node.address(hub, "viewConsumed(bytes32)", appOrder.value().substring(2), head))
                .isEqualTo(Address.parse("0x" + "0".repeat(39) + "3"));
        assertProven(head, new Fact.ConsumedFact(appOrder, BigInteger.valueOf(3)));
        assertProven(head, new Fact.ConsumedFact(Bytes32.ZERO, BigInteger.ZERO));
        assertThat(node.prove(head, new Fact.ConsumedFact(appOrder, BigInteger.ONE)))
                .isEqualTo(new ProofVerdict.Contradicted(
                        "order.consumed", Word.of(1).value(), Word.of(3).value()));

        Place presigned = new Hub(hub).presigned(appOrder);
        node.write(hub, presigned.slot(), Word.of(address(Wallet.STRANGER)));
        assertThat(node.address(hub, "viewPresigned(bytes32)", appOrder.value().substring(2), node.head()))
                .isEqualTo(address(Wallet.STRANGER));
        assertProven(node.head(), new Fact.PresignedFact(appOrder, address(Wallet.STRANGER)));
        assertThat(node.prove(node.head(), new Fact.PresignedFact(appOrder, Address.ZERO)))
                .isInstanceOf(ProofVerdict.Contradicted.class);
    }

    @Test
    void theFacetsOfTheHubAndTheirCodeAreProven() {
        Address hub = Address.parse(poco.hub());
        for (String view : List.of(
                "viewTaskABILegacy(bytes32)",
                "viewDeal(bytes32)",
                "viewCategory(uint256)",
                "viewApp(address)",
                "viewDataset(address)",
                "diamondCut((address,uint8,bytes4[])[],address,bytes)")) {
            String selector = Hash.sha3String(view).substring(2, 10);
            Address facet = node.address(hub, "facetAddress(bytes4)", selector + "0".repeat(56), node.head());
            assertThat(facet.isZero()).isFalse();
            assertProven(
                    node.head(),
                    Fact.FacetFact.of(view, facet),
                    new Fact.CodeFact(facet, node.codeHash(facet)),
                    new Fact.CodeFact(hub, node.codeHash(hub)));
            assertThat(node.prove(node.head(), Fact.FacetFact.of(view, address(Wallet.STRANGER))))
                    .isEqualTo(new ProofVerdict.Contradicted(
                            "hub.facet",
                            Word.of(address(Wallet.STRANGER)).value(),
                            Word.of(facet).value()));
        }
        assertProven(node.head(), Fact.FacetFact.of("noSuchFunction()", Address.ZERO));
        assertThat(node.prove(node.head(), new Fact.CodeFact(hub, Bytes32.ZERO)))
                .isEqualTo(new ProofVerdict.Contradicted(
                        "code", Bytes32.ZERO.value(), node.codeHash(hub).value()));
        assertThat(node.prove(node.head(), new Fact.CodeFact(Address.parse("0x" + "77".repeat(20)), Bytes32.ZERO)))
                .isEqualTo(new ProofVerdict.Contradicted("code", Bytes32.ZERO.value(), "no account"));
    }

    @Test
    void paramsThatAreNoUtf8OrTooLongAreNotProven() {
        ProofNode.Read read = node.read(task(1, "x"));
        Facts facts = new Facts(read.rights());

        assertThat(ProofPlan.of(Address.parse(poco.hub()), List.of(facts.params("x".repeat(1 << 20)))))
                .isInstanceOfSatisfying(
                        ProofPlan.TooLarge.class,
                        tooLarge -> assertThat(tooLarge.slots()).isGreaterThan(32768));
        assertThat(node.prove(read.block(), facts.params("\ufffd"))).isInstanceOf(ProofVerdict.Contradicted.class);
    }

    private String task(int tasks, String params) {
        String app = scenario.createApp(
                Wallet.APP_DEVELOPER,
                "registry.test/app:1",
                CHECKSUM,
                "fingerprint".repeat(10).getBytes(StandardCharsets.US_ASCII));
        String dataset = scenario.createDataset(Wallet.DATASET_OWNER, IPFS, CHECKSUM);
        MatchedDeal deal = scenario.match(
                scenario.terms(app).withDataset(dataset).withParams(params).withTasks(tasks));
        return scenario.initialize(deal, tasks - 1);
    }

    private void assertProven(BlockRef block, Fact... facts) {
        assertThat(node.prove(block, facts)).isInstanceOf(ProofVerdict.Proven.class);
    }

    private static Address address(Wallet wallet) {
        return Address.parse(wallet.address());
    }
}
