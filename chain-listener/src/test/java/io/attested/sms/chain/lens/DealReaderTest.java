package io.attested.sms.chain.lens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.contracts.AppView;
import io.attested.sms.contracts.AssetView;
import io.attested.sms.contracts.BoostView;
import io.attested.sms.contracts.DatasetView;
import io.attested.sms.contracts.DealView;
import io.attested.sms.contracts.LensFrame;
import io.attested.sms.contracts.Part;
import io.attested.sms.contracts.Part.Why;
import io.attested.sms.contracts.RegisteredView;
import io.attested.sms.contracts.TaskLensView;
import io.attested.sms.contracts.TaskView;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers that no honest chain gives, and those of boosted deals that have ended. */
class DealReaderTest {
    private static final Address HUB = Address.parse("0x" + "11".repeat(20));
    private static final String OWNER = "0x" + "22".repeat(20);
    private static final String BUYER = "0x" + "33".repeat(20);
    private static final Bytes32 DEAL = Bytes32.parse("0x" + "44".repeat(32));
    private static final Bytes32 TASK = Views.taskId(DEAL, 5);
    private static final BlockRef AT = new BlockRef(9, Bytes32.ZERO, Instant.ofEpochSecond(1000));
    private static final Part<Boolean> YES = new Part.Answered<>(true);

    private final DealReader reader = new DealReader(HUB, new Frames(7, Optional.empty()));

    @Test
    void taskWhenAllAgreesThenKnownAndRegistered() throws Exception {
        assertThat(reader.task(TASK, new Answer().view(), AT))
                .isInstanceOfSatisfying(TaskAtBlock.Known.class, known -> {
                    assertThat(known.facts().registered()).isTrue();
                    assertThat(known.facts().sponsor()).isEmpty();
                });
    }

    @Test
    void taskWhenEndedWithoutADealThenBoosted() throws Exception {
        assertThat(reader.task(TASK, new Answer().with(task(3, Bytes32.ZERO)).view(), AT))
                .isEqualTo(new TaskAtBlock.Boosted(AT, Optional.empty()));
        assertThat(reader.task(TASK, new Answer().with(task(4, Bytes32.ZERO)).view(), AT))
                .isEqualTo(new TaskAtBlock.Boosted(AT, Optional.empty()));
    }

    @Test
    void taskWhenActiveWithoutADealOrWithoutAStatusThenInconsistent() {
        refused(new Answer().with(task(1, Bytes32.ZERO)), Kind.INCONSISTENT);
        refused(new Answer().with(task(2, Bytes32.ZERO)), Kind.INCONSISTENT);
        refused(new Answer().with(task(0, DEAL)), Kind.INCONSISTENT);
        refused(new Answer().with(task(5, DEAL)), Kind.MALFORMED_ANSWER);
    }

    @Test
    void taskWhenAnAssetIsNotRegisteredThenSaysSo() throws Exception {
        RegisteredView unknown = new RegisteredView(YES, new Part.Answered<>(false), YES);

        assertThat(reader.task(TASK, new Answer().with(unknown).view(), AT))
                .isInstanceOfSatisfying(
                        TaskAtBlock.Known.class,
                        known -> assertThat(known.facts().registered()).isFalse());
    }

    @Test
    void taskWhenTwoReadsContradictEachOtherThenInconsistent() {
        refused(new Answer().withAppOwner(BUYER), Kind.INCONSISTENT);
        refused(new Answer().withDatasetOwner(BUYER), Kind.INCONSISTENT);
        refused(new Answer().withDealId(Bytes32.ZERO), Kind.INCONSISTENT);
        assertThatThrownBy(() -> reader.task(DEAL, new Answer().view(), AT)).isInstanceOf(FactsRefused.class);
    }

    @ParameterizedTest
    @EnumSource(Why.class)
    void taskWhenAPartIsMissingThenRefusedButNeverKnown(Why why) {
        Kind kind = switch (why) {
            case NOT_ASKED, REFUSED -> Kind.INCONSISTENT;
            case TOO_LARGE, MALFORMED -> Kind.MALFORMED_ANSWER;
            case NO_GAS -> Kind.RPC_ERROR;
        };
        refused(new Answer().edited(a -> a.withMissingTask(why)), kind);
        refused(new Answer().edited(a -> a.withMissingCategory(why)), kind);
        refused(new Answer().edited(a -> a.withMissingOwners(why)), kind);
    }

    private void refused(Answer answer, Kind kind) {
        assertThatThrownBy(() -> reader.task(TASK, answer.view(), AT))
                .isInstanceOfSatisfying(
                        FactsRefused.class,
                        refused -> assertThat(refused.failure().kind()).isEqualTo(kind));
    }

    private static Part<TaskView> task(int status, Bytes32 deal) {
        return new Part.Answered<>(
                new TaskView(BigInteger.valueOf(status), deal.bytes(), number(5), number(2000), number(3000)));
    }

    private static BigInteger number(long value) {
        return BigInteger.valueOf(value);
    }

    /** An answer in which everything agrees, except for what a test changes. */
    private static final class Answer {
        private Bytes32 dealId = DEAL;
        private Part<TaskView> task = DealReaderTest.task(1, DEAL);
        private Part<BigInteger> category = new Part.Answered<>(number(60));
        private Part<String> appOwner = new Part.Answered<>(OWNER);
        private Part<String> datasetOwner = new Part.Answered<>(OWNER);
        private Part<String> workerpoolOwner = new Part.Answered<>(OWNER);
        private RegisteredView registered = new RegisteredView(YES, YES, YES);

        Answer with(Part<TaskView> other) {
            task = other;
            return this;
        }

        Answer with(RegisteredView other) {
            registered = other;
            return this;
        }

        Answer withAppOwner(String other) {
            appOwner = new Part.Answered<>(other);
            return this;
        }

        Answer withDatasetOwner(String other) {
            datasetOwner = new Part.Answered<>(other);
            return this;
        }

        Answer withDealId(Bytes32 other) {
            dealId = other;
            return this;
        }

        Answer withMissingTask(Why why) {
            task = new Part.Missing<>(why);
            return this;
        }

        Answer withMissingCategory(Why why) {
            category = new Part.Missing<>(why);
            return this;
        }

        Answer withMissingOwners(Why why) {
            workerpoolOwner = new Part.Missing<>(why);
            return this;
        }

        Answer edited(UnaryOperator<Answer> edit) {
            return edit.apply(this);
        }

        TaskLensView view() {
            byte[] word = new byte[32];
            AssetView asset = new AssetView(BUYER, OWNER);
            return new TaskLensView(
                    new LensFrame(number(7), number(9), word, number(1000), DEAL.bytes()),
                    dealId.bytes(),
                    task,
                    new Part.Answered<>(new DealView(
                            asset,
                            asset,
                            asset,
                            number(1),
                            number(0),
                            word,
                            OWNER,
                            OWNER,
                            OWNER,
                            "",
                            number(500),
                            number(5),
                            number(1),
                            Optional.empty())),
                    new Part.Missing<BoostView>(Why.NOT_ASKED),
                    category,
                    new Part.Answered<>(new AppView(OWNER, "DOCKER", word, word, word)),
                    new Part.Answered<>(new DatasetView(OWNER, word, word)),
                    appOwner,
                    datasetOwner,
                    workerpoolOwner,
                    registered);
        }
    }
}
