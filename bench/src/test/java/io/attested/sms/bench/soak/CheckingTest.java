package io.attested.sms.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.Task;
import io.attested.sms.chain.TaskStatus;
import io.attested.sms.contracts.testbed.LocalChain;
import io.attested.sms.contracts.testbed.MatchedDeal;
import io.attested.sms.contracts.testbed.Poco;
import io.attested.sms.contracts.testbed.PocoDeployment;
import io.attested.sms.contracts.testbed.Scenario;
import io.attested.sms.contracts.testbed.Wallet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A soak that finds nothing is worth as much as its checker: a decision that is true, and neighbours that are not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CheckingTest {
    private static final int DEPTH = 2;

    private final LocalChain chain = LocalChain.anvil();
    private final Poco poco = PocoDeployment.deploy(chain);
    private final Journal journal = new Journal(InstantSource.system(), DEPTH);
    private final Truth truth = new Truth(new DirectNode(chain.url()), Address.parse(poco.hub()));
    private final Decision right;

    CheckingTest() {
        Scenario scenario = Scenario.on(chain, poco);
        String app = scenario.createApp("ab");
        MatchedDeal deal = scenario.match(scenario.terms(app));
        Bytes32 task = Bytes32.parse(scenario.initialize(deal, 0));
        chain.mine(DEPTH);
        long head = chain.height();
        for (long number = head - DEPTH; number <= head; number++) {
            journal.head(truth.at(truth.header(number).orElseThrow(), List.of(task), List.of(Address.parse(app))));
        }
        BlockTruth settled =
                truth.at(truth.header(head - DEPTH).orElseThrow(), List.of(task), List.of(Address.parse(app)));
        Task known = settled.task(task).orElseThrow();
        Address owner = Address.parse(Wallet.APP_DEVELOPER.address());
        right = new Decision(
                Instant.now(),
                task,
                Verdict.GRANTED,
                Optional.of(settled.ref()),
                journal.head().ref(),
                Optional.of(new Rights(known, owner, Optional.empty())),
                Optional.of(new Vetoes(TaskStatus.ACTIVE, known.contributionDeadline(), owner, Optional.empty())),
                truth.registered(settled.ref().hash(), known.dealId()));
    }

    @AfterAll
    void stop() {
        chain.close();
    }

    @Test
    void aTrueDecisionPasses() {
        assertThat(contradictions(right)).isEmpty();
    }

    @Test
    void aGrantForATaskThatIsNoLongerActiveAtTheHeadIsFound() {
        Vetoes vetoes = right.vetoes().orElseThrow();
        Vetoes completed = new Vetoes(
                TaskStatus.COMPLETED, vetoes.contributionDeadline(), vetoes.appOwner(), vetoes.datasetOwner());
        assertThat(contradictions(with(Verdict.NOT_ACTIVE, right.rights(), Optional.of(completed))))
                .isNotEmpty();
    }

    @Test
    void anotherOwnerIsFound() {
        Rights rights = right.rights().orElseThrow();
        Address stranger = Address.parse(Wallet.STRANGER.address());
        Rights sold = new Rights(rights.task(), stranger, rights.datasetOwner());
        assertThat(contradictions(with(Verdict.GRANTED, Optional.of(sold), right.vetoes())))
                .isNotEmpty();
    }

    @Test
    void aVerdictThatTheRuleDoesNotGiveIsFound() {
        assertThat(contradictions(with(Verdict.OWNER_CHANGED, right.rights(), right.vetoes())))
                .isNotEmpty();
    }

    @Test
    void aTaskCalledUnsettledOrUnknownThatIsThereIsFound() {
        assertThat(contradictions(with(Verdict.NOT_SETTLED, Optional.empty(), Optional.empty())))
                .isNotEmpty();
        assertThat(contradictions(with(Verdict.UNKNOWN, Optional.empty(), Optional.empty())))
                .isNotEmpty();
    }

    @Test
    void aSettledBlockThatIsNotDeepEnoughOrNotOnTheChainIsFound() {
        assertThat(contradictions(at(Optional.of(right.head()), right.head()))).isNotEmpty();
        assertThat(contradictions(at(right.settled().map(CheckingTest::abandoned), right.head())))
                .isNotEmpty();
    }

    @Test
    void aHeadThatNeverWasIsFound() {
        assertThat(contradictions(at(right.settled(), abandoned(right.head())))).isNotEmpty();
    }

    @Test
    void anotherWordOfTheOwnerIsFound() {
        Map<String, String> other = new TreeMap<>(right.registered());
        other.put("mrenclave", "00");
        assertThat(contradictions(new Decision(
                        right.at(),
                        right.task(),
                        right.verdict(),
                        right.settled(),
                        right.head(),
                        right.rights(),
                        right.vetoes(),
                        other)))
                .isNotEmpty();
    }

    private static BlockRef abandoned(BlockRef block) {
        return new BlockRef(block.number(), Bytes32.parse("0x" + "17".repeat(32)), block.time());
    }

    private Decision with(Verdict verdict, Optional<Rights> rights, Optional<Vetoes> vetoes) {
        return new Decision(
                right.at(), right.task(), verdict, right.settled(), right.head(), rights, vetoes, right.registered());
    }

    private Decision at(Optional<BlockRef> settled, BlockRef head) {
        return new Decision(
                right.at(),
                right.task(),
                right.verdict(),
                settled,
                head,
                right.rights(),
                right.vetoes(),
                right.registered());
    }

    private List<String> contradictions(Decision decision) {
        Counts counts = new Counts();
        try {
            new HeadCheck(journal, Duration.ofMillis(50), Duration.ofSeconds(5), counts).check(decision);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        new Checker(truth, counts).check(decision);
        return counts.contradictions();
    }
}
