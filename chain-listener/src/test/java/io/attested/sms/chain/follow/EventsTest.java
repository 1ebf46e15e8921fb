package io.attested.sms.chain.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.TaskStatus;
import io.attested.sms.chain.rpc.BlockHeader;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventsTest {
    private final Rig rig = activeTask();

    private static Rig activeTask() {
        Rig rig = Rig.atDepth(5);
        rig.chain.mine(block -> block.initialize("deal/0"));
        rig.chain.mine(5);
        rig.run();
        return rig;
    }

    @Test
    void rememberedTaskCostsNoQuestionWhileTheChainMovesOn() {
        rig.known("deal/0");
        for (int i = 0; i < 50; i++) {
            rig.chain.mine(block -> block.initialize("other/" + rig.chain.top().number()));
            rig.run();
            int before = rig.chain.questions.get();
            assertThat(rig.facts().task(Names.word("deal/0"))).isInstanceOf(TaskAnswer.Known.class);
            assertThat(rig.facts().vetoes(Names.word("deal/0"))).isInstanceOf(Answer.Known.class);
            assertThat(rig.chain.questions.get()).isEqualTo(before);
        }
    }

    @Test
    void hiddenEventIsFoundByTheFilterOfItsBlock() {
        rig.known("deal/0");
        rig.chain.hidden = log -> true;
        rig.chain.mine(block -> block.complete("deal/0"));
        rig.run();
        assertThat(rig.facts().task(Names.word("deal/0")))
                .isEqualTo(new TaskAnswer.Miss(
                        rig.following().settled(),
                        rig.following().head(),
                        List.of(rig.following().head())));
        assertThat(rig.known("deal/0").atHead().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(rig.known("deal/0").task().status()).isEqualTo(TaskStatus.ACTIVE);
    }

    @Test
    void eventThatIsNotInTheFilterOfItsBlockIsAFaultOfTheNode() {
        rig.known("deal/0");
        BlockHeader before = rig.chain.top();
        rig.chain.emptyBlooms = true;
        rig.chain.mine(block -> block.complete("deal/0"));
        rig.run();
        assertThat(rig.faults).singleElement().extracting(fault -> fault.kind()).isEqualTo(Kind.INCONSISTENT);
        assertThat(rig.following().head()).isEqualTo(before.ref());
    }

    @Test
    void eventsThatCannotBeReadHoldTheHeadBack() {
        BlockHeader before = rig.chain.top();
        rig.chain.logsDown = true;
        rig.chain.mine();
        rig.run();
        assertThat(rig.following().head()).isEqualTo(before.ref());
        rig.chain.logsDown = false;
        rig.run();
        assertThat(rig.following().head()).isEqualTo(rig.chain.top().ref());
    }

    @Test
    void transferTouchesTheOwnerFromItsBlockOn() {
        Address asset = Names.address("data deal");
        Address buyer = Names.address("buyer");
        Address seller = Names.address("first owner of data deal");
        rig.facts().learnedOwner(rig.following().head(), asset, Optional.of(seller), true);
        rig.chain.mine(block -> block.transfer("data deal", buyer));
        rig.run();
        assertThat(rig.facts().owner(asset, Side.SETTLED))
                .isEqualTo(
                        new Answer.Known<>(Optional.of(seller), rig.following().settled()));
        assertThat(rig.facts().owner(asset, Side.HEAD))
                .isEqualTo(new Answer.Miss<>(rig.following().head()));
        rig.facts().learnedOwner(rig.following().head(), asset, Optional.of(buyer), true);
        rig.chain.mine(5);
        rig.run();
        assertThat(rig.facts().owner(asset, Side.SETTLED))
                .isEqualTo(
                        new Answer.Known<>(Optional.of(buyer), rig.following().settled()));
        assertThat(rig.changes)
                .singleElement()
                .satisfies(change -> assertThat(List.of(change.asset(), change.from(), change.to()))
                        .containsExactly(asset, seller, buyer));
    }

    @Test
    void ownerOfAnUnregisteredContractIsNotRemembered() {
        Address asset = Names.address("wallet");
        assertThat(rig.facts().learnedOwner(rig.following().head(), asset, Optional.of(Names.HUB), false))
                .isEqualTo(Learned.NOT_FOLLOWED);
        assertThat(rig.facts().owner(asset, Side.HEAD)).isInstanceOf(Answer.Miss.class);
    }

    @Test
    void closingAnOrderTouchesEveryOrder() {
        rig.facts().learnedConsumed(rig.following().head(), Names.word("order"), BigInteger.ZERO);
        rig.chain.mine(block -> block.consume("another order", 1));
        rig.run();
        assertThat(rig.facts().consumed(Names.word("order"), Side.SETTLED)).isInstanceOf(Answer.Known.class);
        assertThat(rig.facts().consumed(Names.word("order"), Side.HEAD)).isInstanceOf(Answer.Miss.class);
    }

    @Test
    void changeOfTheHubsCodeTouchesEverythingOfTheHub() {
        rig.known("deal/0");
        rig.chain.mine(block -> block.upgrade("deal", "other terms"));
        rig.run();
        assertThat(rig.facts().vetoes(Names.word("deal/0"))).isInstanceOf(Answer.Miss.class);
        assertThat(rig.known("deal/0").deal().params()).isEmpty();
        rig.chain.mine(5);
        rig.run();
        assertThat(rig.known("deal/0").deal().params()).isEqualTo("other terms");
    }

    @Test
    void secondReadingThatContradictsTheFirstIsTold() {
        rig.known("deal/0");
        rig.chain.mine();
        TaskReading truth = rig.chain.read("deal/0", rig.following().head());
        Ledger lie = Ledger.EMPTY.copy();
        lie.tasks().put("deal/0", TaskStatus.COMPLETED);
        assertThat(rig.facts().learned(List.of(lie.read("deal/0", truth.block()))))
                .isEqualTo(Learned.CONTRADICTS);
        assertThat(rig.facts().task(Names.word("deal/0"))).isInstanceOf(TaskAnswer.Miss.class);
    }

    @Test
    void readingOfAnAbandonedBlockIsNotRemembered() {
        TaskReading reading = rig.chain.read("deal/0", rig.following().head());
        rig.chain.reorg(1);
        rig.run();
        assertThat(rig.facts().learned(List.of(reading))).isEqualTo(Learned.NOT_OF_THE_BRANCH);
    }

    @Test
    void readingMadeWhileTheSettledBlockMovedOnIsRemembered() {
        List<TaskReading> readings = List.of(
                rig.chain.read("deal/0", rig.following().settled()),
                rig.chain.read("deal/0", rig.following().head()));
        rig.chain.mine(3);
        rig.run();
        assertThat(rig.facts().learned(readings)).isEqualTo(Learned.KEPT);
        assertThat(rig.facts().task(Names.word("deal/0"))).isInstanceOf(TaskAnswer.Known.class);
    }

    @Test
    void taskWithAssetsThatNoRegistryKnowsIsNotRemembered() {
        TaskReading reading = rig.chain.read("deal/0", rig.following().head());
        TaskReading unregistered = new TaskReading(
                reading.block(),
                reading.id(),
                reading.content()
                        .map(content -> new TaskReading.Content(
                                content.task(),
                                content.deal(),
                                content.app(),
                                content.dataset(),
                                content.category(),
                                false)));
        assertThat(rig.facts().learned(List.of(unregistered))).isEqualTo(Learned.NOT_FOLLOWED);
        assertThat(rig.facts().taskAtHead(reading.id())).isInstanceOf(TaskAnswer.Miss.class);
    }

    @Test
    void unknownTaskIsNotRemembered() {
        List<TaskReading> readings =
                List.of(rig.chain.read("deal/1", rig.following().head()));
        assertThat(rig.facts().learned(readings)).isEqualTo(Learned.NOT_FOLLOWED);
        assertThat(rig.facts().taskAtHead(Names.word("deal/1"))).isInstanceOf(TaskAnswer.Miss.class);
    }

    @Test
    void twoReadingsGiveWhatMemoryGives() {
        rig.chain.mine(block -> block.complete("deal/0").transfer("app deal", Names.address("buyer")));
        rig.run();
        TaskReading settled = rig.chain.read("deal/0", rig.following().settled());
        TaskReading head = rig.chain.read("deal/0", rig.following().head());
        assertThat(FollowedTask.of(rig.settings.rule(), settled, head)).contains(rig.known("deal/0"));
        TaskReading absent = new TaskReading(settled.block(), settled.id(), Optional.empty());
        assertThat(FollowedTask.of(rig.settings.rule(), absent, head)).isEmpty();
    }
}
