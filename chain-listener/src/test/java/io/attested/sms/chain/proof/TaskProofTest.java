package io.attested.sms.chain.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.RegisteredBytes;
import io.attested.sms.chain.TaskStatus;
import io.attested.sms.contracts.testbed.MatchedDeal;
import io.attested.sms.contracts.testbed.TeeTag;
import io.attested.sms.contracts.testbed.Wallet;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where PoCo 6.1 keeps tasks, deals and what is written in assets: what its views say is proven by its storage. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TaskProofTest {
    private ProofScene scene;
    private String snapshot = "";

    @BeforeAll
    void deploy() {
        scene = ProofScene.open();
    }

    @AfterAll
    void stop() {
        scene.close();
    }

    @BeforeEach
    void remember() {
        snapshot = scene.chain().snapshot();
    }

    @AfterEach
    void forget() {
        scene.chain().revert(snapshot);
    }

    @Test
    void aTaskWithADatasetIsProvenByOneQuestionForEachAccount() {
        ProofNode.Read read = scene.node().read(scene.task(2, "{\"iexec_args\":\"é\"}"));

        ProofPlan plan = scene.node().plan(read.rights());

        assertThat(plan.requests())
                .extracting(ProofRequest::account)
                .containsExactly(
                        scene.hub(),
                        read.rights().app().address(),
                        Address.parse(scene.poco().appRegistry()),
                        read.rights().dataset().orElseThrow().address(),
                        Address.parse(scene.poco().datasetRegistry()));
        assertThat(plan.judge(scene.node().stateRoot(read.block()), scene.node().answers(plan, read.block())))
                .isInstanceOf(ProofVerdict.Proven.class);
    }

    @Test
    void aTaskWithoutDatasetIsProvenAndADatasetThatItDoesNotHaveIsNot() {
        ProofNode.Read read = scene.node()
                .read(scene.scenario()
                        .initialize(
                                scene.scenario()
                                        .match(scene.scenario()
                                                .terms(scene.scenario().createApp(""))
                                                .withTag(TeeTag.NONE)),
                                0));
        Fact.DatasetFact invented = scene.node()
                .dataset(
                        Address.parse(scene.scenario().createDataset("http://127.0.0.1/data", ProofScene.CHECKSUM)),
                        scene.node().head());
        Fact.RightsFact rights = read.rights();

        scene.assertProven(read.block(), rights);
        assertThat(scene.node()
                        .prove(
                                scene.node().head(),
                                new Fact.RightsFact(
                                        rights.task(),
                                        rights.deal(),
                                        rights.category(),
                                        rights.app(),
                                        Optional.of(invented))))
                .isEqualTo(new ProofVerdict.Contradicted(
                        "deal.dataset", Word.of(invented.address()).value(), Bytes32.ZERO.value()));
    }

    @Test
    void theSponsorOfADealIsProven() {
        ProofNode.Read read = scene.node().read(scene.task(1, ""));
        Bytes32 deal = read.rights().deal().id();
        BlockRef head = scene.node().head();
        Place sponsor = new Hub(scene.hub()).deal(deal).member("sponsor", 21);

        scene.assertProven(head, new Fact.SponsorFact(deal, ProofScene.address(Wallet.REQUESTER)));
        scene.node().write(scene.hub(), sponsor.slot(), Word.of(ProofScene.address(Wallet.STRANGER)));

        assertThat(scene.node().word(scene.hub(), "viewDeal(bytes32)", deal, 22))
                .isEqualTo(Word.of(ProofScene.address(Wallet.STRANGER)));
        scene.assertProven(scene.node().head(), new Fact.SponsorFact(deal, ProofScene.address(Wallet.STRANGER)));
        assertThat(scene.node()
                        .prove(scene.node().head(), new Fact.SponsorFact(deal, ProofScene.address(Wallet.REQUESTER))))
                .isInstanceOfSatisfying(
                        ProofVerdict.Contradicted.class,
                        refusal -> assertThat(refusal.value()).isEqualTo("deal.sponsor"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 30, 31, 32, 33, 63, 64, 65, 1000})
    void textsAndBytesAreProvenAtEveryLength(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        String app = scene.scenario().createApp(Wallet.APP_DEVELOPER, "é".repeat(length), ProofScene.CHECKSUM, bytes);
        String dataset = scene.scenario().createDataset(Wallet.DATASET_OWNER, bytes, ProofScene.CHECKSUM);
        MatchedDeal deal = scene.scenario()
                .match(scene.scenario().terms(app).withDataset(dataset).withParams("x".repeat(length)));
        ProofNode.Read read = scene.node().read(scene.scenario().initialize(deal, 0));

        assertThat(read.rights().app().mrenclave()).isEqualTo(RegisteredBytes.of(bytes));
        assertThat(read.rights().deal().params()).hasSize(length);
        scene.assertProven(read.block(), read.rights());
    }

    @Test
    void whatFollowsTheLastByteOfALongTextIsNoPartOfIt() {
        Address app = Address.parse(scene.scenario()
                .createApp(Wallet.APP_DEVELOPER, "registry.test/app:1", ProofScene.CHECKSUM, new byte[33]));
        Bytes32 lastWord = Word.plus(Word.elements(Word.of(5)), 1);
        scene.node().write(app, lastWord, Bytes32.parse("0x00" + "ff".repeat(31)));

        Fact.AppFact fact = scene.node().app(app, scene.node().head());

        assertThat(fact.mrenclave()).isEqualTo(RegisteredBytes.of(new byte[33]));
        scene.assertProven(scene.node().head(), fact);
        scene.node().write(app, lastWord, Bytes32.parse("0x01" + "00".repeat(31)));
        assertThat(scene.node().prove(scene.node().head(), fact))
                .isInstanceOfSatisfying(
                        ProofVerdict.Contradicted.class,
                        refusal -> assertThat(refusal.value()).isEqualTo("app.mrenclave"));
    }

    @Test
    void everyStatusOfATaskIsProvenAtItsOwnBlock() {
        MatchedDeal deal = scene.scenario()
                .match(scene.scenario().terms(scene.scenario().createApp("")).withTasks(2));
        BlockRef before = scene.node().head();
        String task = scene.scenario().initialize(deal, 0);
        ProofNode.Read active = scene.node().read(task);
        scene.scenario().complete(task, Wallet.WORKER, Wallet.random(new SecureRandom()));
        ProofNode.Read completed = scene.node().read(task);

        assertThat(completed.rights().task().status()).isEqualTo(TaskStatus.COMPLETED);
        scene.assertProven(before, new Fact.NoTaskFact(Bytes32.parse(task)));
        scene.assertProven(active.block(), active.rights());
        scene.assertProven(completed.block(), completed.rights());
        scene.assertProven(
                completed.block(),
                new Fact.LivenessFact(
                        Bytes32.parse(task),
                        TaskStatus.COMPLETED,
                        completed.rights().task().contributionDeadline()),
                new Fact.NoTaskFact(Bytes32.parse(deal.taskId(1))));
        assertThat(scene.node().prove(completed.block(), active.rights()))
                .isEqualTo(new ProofVerdict.Contradicted(
                        "task.status", Word.of(1).value(), Word.of(3).value()));
        assertThat(scene.node().prove(active.block(), new Fact.NoTaskFact(Bytes32.parse(task))))
                .isEqualTo(new ProofVerdict.Contradicted(
                        "task.status", Word.of(0).value(), Word.of(1).value()));
    }

    @Test
    void aFailedTaskAndAShortCategoryAreProven() {
        String task = scene.scenario()
                .initialize(
                        scene.scenario()
                                .match(scene.scenario()
                                        .terms(scene.scenario().createApp(""))
                                        .withCategory(scene.poco().shortCategory())),
                        0);
        scene.chain().increaseTime(20);
        scene.scenario().claim(task);

        ProofNode.Read read = scene.node().read(task);

        assertThat(read.rights().task().status()).isEqualTo(TaskStatus.FAILED);
        assertThat(read.rights().category().workClockTimeRef()).isEqualTo(Duration.ofSeconds(1));
        scene.assertProven(read.block(), read.rights());
    }

    @Test
    void paramsBeyondOneQuestionAreProvenByTwo() {
        MatchedDeal deal = scene.scenario()
                .match(scene.scenario().terms(scene.scenario().createApp("")).withParams("short"));
        ProofNode.Read read = scene.node().read(scene.scenario().initialize(deal, 0));
        Fact.RightsFact longer = new Facts(read.rights()).params("x".repeat(40_000));
        Claims claims = new Claims(new Hub(scene.hub()));
        for (Claim claim : claims.of(longer)) {
            if (claim instanceof Claim.Bits bits && bits.name().equals("deal.params")) {
                scene.node()
                        .call(
                                "anvil_setStorageAt",
                                bits.account().value(),
                                bits.slot().value(),
                                bits.value().value());
            }
        }
        scene.chain().mine(1);
        ProofNode.Read again = scene.node().read(read.rights().task().id().value());

        assertThat(again.rights().deal().params()).hasSize(40_000);
        assertThat(scene.node().plan(again.rights()).requests())
                .extracting(ProofRequest::account)
                .startsWith(scene.hub(), scene.hub())
                .hasSize(4);
        scene.assertProven(again.block(), again.rights());
    }

    @Test
    void paramsThatNoTransactionCouldWriteAreNotAskedFor() {
        Facts facts = new Facts(scene.node().read(scene.task(1, "x")).rights());

        assertThat(ProofPlan.of(scene.hub(), List.of(facts.params("x".repeat(1 << 20)))))
                .isInstanceOfSatisfying(
                        ProofPlan.TooLarge.class,
                        tooLarge -> assertThat(tooLarge.slots()).isGreaterThan(32768));
    }

    @Test
    void paramsThatAreNoUtf8AreNotProven() {
        ProofNode.Read read = scene.node().read(scene.task(1, "x"));
        Bytes32 params = new Hub(scene.hub())
                .deal(read.rights().deal().id())
                .member("params", 15)
                .slot();
        scene.node().write(scene.hub(), params, Bytes32.parse("0xff" + "00".repeat(30) + "02"));
        ProofNode.Read again = scene.node().read(read.rights().task().id().value());

        assertThat(again.rights().deal().params()).isEqualTo("\ufffd");
        assertThat(scene.node().prove(again.block(), again.rights()))
                .isInstanceOfSatisfying(
                        ProofVerdict.Contradicted.class,
                        refusal -> assertThat(refusal.value()).isEqualTo("deal.params"));
    }
}
