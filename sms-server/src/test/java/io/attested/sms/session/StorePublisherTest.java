package io.attested.sms.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.audit.AuditEntry;
import io.attested.sms.audit.Event;
import io.attested.sms.audit.Field;
import io.attested.sms.audit.LogUnavailable;
import io.attested.sms.grant.Decision;
import io.attested.sms.grant.SecretUse;
import io.attested.sms.grant.TestFacts;
import io.attested.sms.operate.store.TestStore;
import io.attested.sms.secret.AccountSecretName;
import io.attested.sms.secret.SecretId;
import io.attested.sms.session.SessionPublisher.Cause;
import io.attested.sms.session.SessionShapes.Shape;
import io.attested.sms.session.SessionStore.Posted;
import io.attested.sms.task.TeeFramework;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Publishing in a store whose answers are scripted: what is recorded, what is tried again, what comes of it. */
class StorePublisherTest {
    private static final Duration EXCHANGE = Duration.ofSeconds(5);
    private static final int BUDGET = 4;
    private static final Posted SILENCE = new Posted.NoAnswer(true, "timeout");

    private final SessionShapes shapes = SessionShapes.empty();
    private final Script store = new Script();
    private final List<String> counted = new ArrayList<>();
    private Instant now = TestFacts.NOW;
    private Decision.Grant grant = grant();

    private Decision.Grant grant() {
        shapes.push(Shape.DATASET);
        return shapes.grant(
                SessionShapes.facts(TeeFramework.SCONE, Shape.DATASET, SessionShapes.APP_MR_ENCLAVE)
                        .facts(),
                Shape.DATASET);
    }

    @BeforeEach
    void forget() {
        counted.clear();
    }

    /** A store that answers what it is told to and remembers what was posted. */
    private final class Script implements SessionStore {
        private final Deque<Posted> answers = new ArrayDeque<>();
        private final List<StagedSession> posted = new ArrayList<>();
        private int entriesWhenPosted;
        private Duration takes = Duration.ZERO;

        @Override
        public String name() {
            return "scone";
        }

        @Override
        public String provisioningUrl() {
            return "cas.example:18765";
        }

        @Override
        public Posted post(StagedSession session) {
            entriesWhenPosted = shapes.memory().entries().size();
            posted.add(session);
            now = now.plus(takes);
            return answers.isEmpty() ? new Posted.Accepted() : answers.pop();
        }

        Script answers(Posted... script) {
            answers.addAll(List.of(script));
            return this;
        }
    }

    private StorePublisher publisher(Duration whole) {
        return new StorePublisher(
                store,
                shapes.writer(),
                new DecisionRecorder(
                        shapes.memory().log(),
                        new DecisionContext("dev", "single-node", TestStore.MEASUREMENTS, TestStore.bytes32(1)),
                        () -> now),
                new StorePublisher.Patience(whole, EXCHANGE, () -> now),
                new StorePublisher.Budget(BUDGET, new SecureRandom()),
                new StoreMeter() {
                    @Override
                    public void ended(String name, String outcome, Duration took) {
                        counted.add(name + " " + outcome + " " + took.toSeconds());
                    }

                    @Override
                    public void triedAgain(String name) {
                        counted.add(name + " again");
                    }
                });
    }

    private SessionPublisher.Publication publish() {
        return publisher(Duration.ofSeconds(15)).publish(grant, SessionShapes.WORKER, true);
    }

    private List<AuditEntry> released() {
        return shapes.memory().entries().stream()
                .filter(entry -> entry.event() == Event.SESSION_RELEASED)
                .toList();
    }

    // ---- what is recorded

    @Test
    void theEntryIsThereBeforeTheSessionLeavesAndNamesStoreAndSecrets() {
        assertThat(publish())
                .isEqualTo(new SessionPublisher.Published(
                        new SessionPublisher.Session(store.posted.getFirst().id(), "cas.example:18765")));

        assertThat(store.entriesWhenPosted).isEqualTo(shapes.memory().entries().size());
        assertThat(released())
                .singleElement()
                .satisfies(entry -> assertThat(entry.fields())
                        .containsEntry(Field.PUBLISHER, "scone")
                        .containsEntry(
                                Field.GRANTED,
                                "dataset-key:" + TestFacts.DATASET + ":,account-secret:" + SessionShapes.WORKER
                                        + ":iexec-result-iexec-ipfs-token")
                        .containsEntry(Field.CHAIN_TASK_ID, TestFacts.TASK.toString())
                        .containsEntry(Field.WORKER, SessionShapes.WORKER.toString())
                        .containsEntry(Field.ENCLAVE_CHALLENGE_DIFFERS, "true"));
        assertThat(new String(released().getFirst().canonicalBytes(), java.nio.charset.StandardCharsets.UTF_8))
                .doesNotContain(SessionShapes.DATASET_KEY, "worker-token", SessionShapes.CHALLENGE_KEY);
        assertThat(counted).containsExactly("scone accepted 0");
    }

    @Test
    void everySessionIsRecordedHoweverOftenItIsAskedFor() {
        StorePublisher publisher = publisher(Duration.ofSeconds(15));
        for (int i = 0; i < 3; i++) {
            publisher.publish(grant, SessionShapes.WORKER, false);
        }
        assertThat(released()).hasSize(3);
        assertThat(store.posted).extracting(session -> session.id().value()).doesNotHaveDuplicates();
    }

    @Test
    void withoutItsEntryNothingLeaves() {
        shapes.memory().breakLog();

        assertThatThrownBy(this::publish).isInstanceOf(LogUnavailable.class);
        assertThat(store.posted).isEmpty();
    }

    @Test
    void whatCannotBeWrittenIsNeitherRecordedNorPosted() {
        shapes.memory().lose(new SecretId.DatasetKey(TestFacts.DATASET));

        assertThat(publish()).isEqualTo(new SessionPublisher.Lacking(new SecretUse.DatasetKey()));
        assertThat(released()).isEmpty();
        assertThat(store.posted).isEmpty();
    }

    // ---- what one task may cost the log

    @Test
    void beyondItsBudgetATaskIsToldTheSessionThatIsInTheStore() {
        StorePublisher publisher = publisher(Duration.ofSeconds(15));
        for (int i = 0; i < 50; i++) {
            publisher.publish(grant, SessionShapes.WORKER, false);
        }

        assertThat(released()).hasSize(BUDGET);
        assertThat(store.posted).hasSize(BUDGET);
        assertThat(publisher.publish(grant, SessionShapes.WORKER, false))
                .isEqualTo(new SessionPublisher.Published(
                        new SessionPublisher.Session(store.posted.getLast().id(), "cas.example:18765")));
        assertThat(counted).filteredOn("scone repeated 0"::equals).hasSize(47);

        now = now.plus(Duration.ofHours(1));
        publisher.publish(grant, SessionShapes.WORKER, false);
        assertThat(released()).hasSize(BUDGET + 1);
        assertThat(store.posted).hasSize(BUDGET + 1);
    }

    @Test
    void beyondItsBudgetNoSessionIsRepeatedThatWouldHoldSomethingElse() {
        StorePublisher publisher = publisher(Duration.ofSeconds(15));
        for (int i = 0; i < BUDGET; i++) {
            publisher.publish(grant, SessionShapes.WORKER, false);
        }
        SecretId.AccountSecret token = new SecretId.AccountSecret(
                SessionShapes.WORKER, new AccountSecretName("iexec-result-iexec-ipfs-token"));
        shapes.memory().vault().replace(TestStore.push(token, SessionShapes.WORKER, "another-token"));

        assertThat(publisher.publish(grant, SessionShapes.WORKER, false)).isEqualTo(new SessionPublisher.OverBudget());
        assertThat(released()).hasSize(BUDGET);
    }

    @Test
    void aStoreThatTakesNothingCostsTheLogNoMoreThanTheBudget() {
        StorePublisher publisher = publisher(Duration.ofSeconds(15));
        for (int i = 0; i < BUDGET; i++) {
            store.answers(new Posted.Refused(503));
            assertThat(publisher.publish(grant, SessionShapes.WORKER, false))
                    .isEqualTo(new SessionPublisher.NotTaken(Cause.REFUSED));
        }

        assertThat(publisher.publish(grant, SessionShapes.WORKER, false)).isEqualTo(new SessionPublisher.OverBudget());
        assertThat(released()).hasSize(BUDGET);
        assertThat(counted).last().isEqualTo("scone over-budget 0");
    }

    // ---- what is tried again

    @Test
    void silenceIsTriedAgainUnderANewNameWithTheSameStages() {
        store.answers(SILENCE, new Posted.NoAnswer(false, "connect"), new Posted.Accepted());

        SessionPublisher.Publication publication = publish();

        assertThat(store.posted).hasSize(3);
        assertThat(store.posted).extracting(session -> session.id().value()).doesNotHaveDuplicates();
        assertThat(store.posted)
                .extracting(StagedSession::stages)
                .containsOnly(store.posted.getFirst().stages());
        assertThat(publication)
                .isEqualTo(new SessionPublisher.Published(
                        new SessionPublisher.Session(store.posted.getLast().id(), "cas.example:18765")));
        assertThat(released()).hasSize(1);
        assertThat(counted).containsExactly("scone again", "scone again", "scone accepted 0");
    }

    @Test
    void twoMoreTriesAreTheMost() {
        store.answers(SILENCE, SILENCE, SILENCE, new Posted.Accepted());

        assertThat(publish()).isEqualTo(new SessionPublisher.NotTaken(Cause.NO_ANSWER));
        assertThat(store.posted).hasSize(3);
    }

    @Test
    void noTryStartsThatCouldNotEndInTime() {
        store.takes = EXCHANGE;
        store.answers(SILENCE, SILENCE, SILENCE);

        assertThat(publisher(Duration.ofSeconds(14)).publish(grant, SessionShapes.WORKER, false))
                .isEqualTo(new SessionPublisher.NotTaken(Cause.NO_ANSWER));
        assertThat(store.posted).hasSize(2);
        assertThat(counted).last().isEqualTo("scone no-answer 10");
    }

    @Test
    void anAnswerIsNeverTriedAgain() {
        store.answers(new Posted.Refused(503));
        assertThat(publish()).isEqualTo(new SessionPublisher.NotTaken(Cause.REFUSED));
        store.answers(new Posted.Refused(400));
        assertThat(publish()).isEqualTo(new SessionPublisher.NotTaken(Cause.REFUSED));
        store.answers(new Posted.Refused(302));
        assertThat(publish()).isEqualTo(new SessionPublisher.NotTaken(Cause.REFUSED));
        store.answers(new Posted.Refused(200));
        assertThat(publish()).isEqualTo(new SessionPublisher.NotTaken(Cause.OTHER_SUCCESS));
        store.answers(new Posted.Refused(299));
        assertThat(publish()).isEqualTo(new SessionPublisher.NotTaken(Cause.OTHER_SUCCESS));
        store.answers(new Posted.Refused(300));
        assertThat(publish()).isEqualTo(new SessionPublisher.NotTaken(Cause.REFUSED));
        store.answers(new Posted.Unsafe(StagedSession.StageName.APP, "IEXEC_APP_DEVELOPER_SECRET"));
        assertThat(publish()).isEqualTo(new SessionPublisher.NotTaken(Cause.UNSAFE_VALUE));
        assertThat(store.posted).hasSize(7);
        assertThat(counted)
                .containsExactly(
                        "scone refused 0",
                        "scone refused 0",
                        "scone refused 0",
                        "scone other-success 0",
                        "scone other-success 0",
                        "scone refused 0",
                        "scone unsafe-value 0");
    }

    // ---- the choice

    @Test
    void aFrameworksSessionsGoToItsOwnPublisher() {
        StorePublisher scone = publisher(Duration.ofSeconds(15));
        assertThat(SessionPublishers.all(scone).of(TeeFramework.TDX)).isSameAs(scone);
        assertThatThrownBy(() -> new SessionPublishers(java.util.Map.of(TeeFramework.SCONE, scone)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
