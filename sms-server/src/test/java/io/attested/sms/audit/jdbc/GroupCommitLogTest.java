package io.attested.sms.audit.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.audit.AuditEntry;
import io.attested.sms.audit.ChainCheck;
import io.attested.sms.audit.Committed;
import io.attested.sms.audit.Event;
import io.attested.sms.audit.Field;
import io.attested.sms.audit.LogEntry;
import io.attested.sms.audit.LogHead;
import io.attested.sms.audit.LogUnavailable;
import io.attested.sms.audit.Recorded;
import io.attested.sms.operate.store.TestStore;
import io.attested.sms.operate.store.jdbc.OpenStore;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.DefaultTransactionStatus;

@Timeout(300)
class GroupCommitLogTest {
    private final List<Thread> committers = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    private final AtomicBoolean diskFails = new AtomicBoolean();
    private final AtomicBoolean commitFails = new AtomicBoolean();
    private final AtomicInteger forces = new AtomicInteger();
    private OpenStore store;
    private GroupCommitLog log;

    @BeforeEach
    void open() {
        store = TestStore.open(folder);
        // The store's own log stands still from here on; this one writes to the same tables through a disk that can
        // fail.
        log = GroupCommitLog.start(
                store.database().jdbc(),
                new FailingCommits(),
                this::force,
                store.keyring().serviceKey());
    }

    @AfterEach
    void close() {
        log.close();
        store.close();
    }

    private void force() {
        if (diskFails.get()) {
            throw new IllegalStateException("the disk does not answer");
        }
        forces.incrementAndGet();
        store.database().force();
    }

    /** Fails after the database committed, like a connection lost at that moment. */
    private final class FailingCommits extends JdbcTransactionManager {
        private static final long serialVersionUID = 1L;

        FailingCommits() {
            super(store.database().dataSource());
        }

        @Override
        protected void doCommit(DefaultTransactionStatus status) {
            super.doCommit(status);
            if (commitFails.get()) {
                throw new TransactionSystemException("the connection was lost");
            }
        }
    }

    private static AuditEntry entry(String detail) {
        return AuditEntry.of(Event.REFUSED, TestStore.NOW).with(Field.DETAIL, detail);
    }

    private Committed<String> commit(String detail) {
        return log.commit(() -> Recorded.with(detail, entry(detail)));
    }

    private Committed<Integer> insertNonce(int number) {
        return log.commit(() -> {
            new RedeemedNonces(store.database().jdbc()).redeem(TestStore.bytes32(number), TestStore.NOW);
            return Recorded.silently(number);
        });
    }

    private List<String> details() {
        return log.entriesAfter(1, 100_000).stream()
                .map(LogEntry::entry)
                .map(entry -> entry.fields().getOrDefault(Field.DETAIL, ""))
                .toList();
    }

    private int nonces() {
        return store.database()
                .jdbc()
                .sql("select count(*) from redeemed_nonces")
                .query(Integer.class)
                .single();
    }

    /** Holds the writer in one change, so that everything committed meanwhile lands in the next group together. */
    private final class HeldWriter implements AutoCloseable {
        private final CountDownLatch running = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);
        private final Thread holder = Thread.ofVirtual().unstarted(this::commitAndWait);

        private void commitAndWait() {
            try {
                log.commit(() -> {
                    running.countDown();
                    awaitUninterruptibly(released);
                    return Recorded.silently(true);
                });
            } catch (LogUnavailable inATestOfFailingDisks) {
                released.countDown();
            }
        }

        HeldWriter hold() {
            holder.start();
            awaitUninterruptibly(running);
            return this;
        }

        @Override
        public void close() {
            released.countDown();
        }
    }

    private ExecutorService committers() {
        return Executors.newThreadPerTaskExecutor(task -> {
            Thread committer = Thread.ofVirtual().unstarted(task);
            committers.add(committer);
            return committer;
        });
    }

    /** Until everyone who commits stands in the queue: has done its part, and waits. */
    private void awaitCommitters() throws InterruptedException {
        for (int looks = 0; looks < 3; looks++) {
            while (!committers.stream().allMatch(committer -> committer.getState() == Thread.State.WAITING)) {
                Thread.sleep(5);
            }
            Thread.sleep(20);
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void commitWhenEntriesThenNumberedFromOneWithoutGapsAndSignedByTheService() {
        LogHead first = commit("a").head();
        LogHead second = commit("b").head();
        assertThat(first.sequence()).isEqualTo(2);
        assertThat(second.sequence()).isEqualTo(3);
        assertThat(details()).containsExactly("a", "b");
        assertThat(store.keyring()
                        .serviceKey()
                        .verifies(
                                LogHead.DOMAIN,
                                LogHead.statement(second.sequence(), second.hash()),
                                second.signature()))
                .isTrue();
        assertThat(log.head()).isEqualTo(second);
        assertThat(log.verifyChain()).isEqualTo(new ChainCheck.Intact(3, second));
    }

    @Test
    void commitWhenSilentThenTheHeadStaysAndTheDiskIsForced() {
        LogHead before = commit("a").head();
        int forced = forces.get();
        assertThat(insertNonce(1).head()).isEqualTo(before);
        assertThat(forces.get()).isEqualTo(forced + 1);
    }

    @Test
    void commitWhenManyWaitThenTheyShareOneHeadAndOneForcedWrite() throws Exception {
        int forced;
        List<Future<Committed<String>>> waiting;
        try (ExecutorService threads = committers()) {
            try (HeldWriter held = new HeldWriter().hold()) {
                forced = forces.get();
                waiting = IntStream.range(0, 50)
                        .mapToObj(number -> threads.submit(() -> commit("n" + number)))
                        .toList();
                awaitCommitters();
            }
        }
        assertThat(waiting.stream().map(Future::resultNow).map(Committed::head).distinct())
                .hasSize(1);
        assertThat(forces.get()).isEqualTo(forced + 2);
    }

    @Test
    void entriesAreInTheOrderInWhichTheChangesRan() throws Exception {
        AtomicInteger turn = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 500)
                    .forEach(number -> threads.submit(() -> log.commit(() -> {
                        String mine = Integer.toString(turn.getAndIncrement());
                        return Recorded.with(mine, entry(mine));
                    })));
        }
        assertThat(details())
                .isEqualTo(IntStream.range(0, 500).mapToObj(Integer::toString).toList());
        assertThat(log.entriesAfter(0, 1000).stream().map(LogEntry::sequence))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 501).boxed().toList());
        assertThat(log.verifyChain()).isInstanceOf(ChainCheck.Intact.class);
    }

    @Test
    void commitWhenOneChangeFailsThenItAloneIsUndone() throws Exception {
        Future<Committed<Integer>> before;
        Future<Object> failing;
        Future<Committed<Integer>> after;
        try (ExecutorService threads = committers()) {
            try (HeldWriter held = new HeldWriter().hold()) {
                before = threads.submit(() -> insertNonce(1));
                failing = threads.submit(() -> log.commit(() -> {
                    new RedeemedNonces(store.database().jdbc()).redeem(TestStore.bytes32(2), TestStore.NOW);
                    throw new UnsupportedOperationException("a bug in this change");
                }));
                after = threads.submit(() -> insertNonce(3));
                awaitCommitters();
            }
        }
        assertThat(before.resultNow().outcome()).isEqualTo(1);
        assertThat(after.resultNow().outcome()).isEqualTo(3);
        assertThat(failing.exceptionNow())
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("a bug in this change");
        assertThat(nonces()).isEqualTo(2);
    }

    @Test
    void commitWhenAChangeBreaksAConstraintThenItAloneIsUndoneAndTheNextWorks() {
        commit("a");
        assertThatThrownBy(() -> log.commit(() -> {
                    insertNonceRow();
                    insertNonceRow();
                    return Recorded.with("b", entry("b"));
                }))
                .isInstanceOf(org.springframework.dao.DuplicateKeyException.class);
        commit("c");
        assertThat(nonces()).isZero();
        assertThat(details()).containsExactly("a", "c");
        assertThat(log.verifyChain()).isInstanceOf(ChainCheck.Intact.class);
    }

    private void insertNonceRow() {
        store.database()
                .jdbc()
                .sql("insert into redeemed_nonces (nonce, expires_at) values (?, 0)")
                .param(new byte[32])
                .update();
    }

    @Test
    void commitWhenTheForcedWriteFailsThenEveryWaiterLearnsThatItsFateIsUnknown() throws Exception {
        commit("a");
        List<Future<Committed<String>>> waiting;
        try (ExecutorService threads = committers()) {
            try (HeldWriter held = new HeldWriter().hold()) {
                waiting = IntStream.range(0, 10)
                        .mapToObj(number -> threads.submit(() -> commit("n" + number)))
                        .toList();
                awaitCommitters();
                diskFails.set(true);
            }
        }
        assertThat(waiting)
                .allSatisfy(waiter -> assertThat(waiter.exceptionNow())
                        .isInstanceOfSatisfying(
                                LogUnavailable.class,
                                outage -> assertThat(outage.fateUnknown()).isTrue()));
        assertThatThrownBy(() -> commit("still failing")).isInstanceOf(LogUnavailable.class);
        diskFails.set(false);
        commit("b");
        // What was unknown turned out to be stored: the log goes on after it instead of overwriting it.
        assertThat(details()).startsWith("a").endsWith("still failing", "b").hasSize(13);
        assertThat(log.verifyChain()).isInstanceOf(ChainCheck.Intact.class);
    }

    @Test
    void commitWhenTheConnectionIsLostAtCommitThenFateUnknownAndTheNextGoesOnFromTheStoredHead() {
        commitFails.set(true);
        assertThatThrownBy(() -> commit("a"))
                .isInstanceOfSatisfying(
                        LogUnavailable.class,
                        outage -> assertThat(outage.fateUnknown()).isTrue());
        commitFails.set(false);
        commit("b");
        assertThat(details()).containsExactly("a", "b");
        assertThat(log.verifyChain()).isInstanceOf(ChainCheck.Intact.class);
    }

    @Test
    void commitWhenTheStoredHeadIsForgedMeanwhileThenNothingIsAcknowledgedAnyMore() {
        commit("a");
        diskFails.set(true);
        assertThatThrownBy(() -> commit("b")).isInstanceOf(LogUnavailable.class);
        diskFails.set(false);
        store.database()
                .jdbc()
                .sql("delete from log_entries where sequence = 3")
                .update();
        assertThatThrownBy(() -> commit("c"))
                .isInstanceOfSatisfying(
                        LogUnavailable.class,
                        outage -> assertThat(outage.fateUnknown()).isFalse());
    }

    @Test
    void commitWhenTheDatabaseIsGoneThenUnavailable() {
        commit("a");
        store.database().close();
        assertThatThrownBy(() -> commit("b")).isInstanceOf(LogUnavailable.class);
    }

    @Test
    void commitInsideACommitIsABugThatDoesNotStopTheWriter() {
        assertThatThrownBy(() -> log.commit(() -> Recorded.silently(commit("inner"))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(commit("a").outcome()).isEqualTo("a");
    }

    @Test
    void closeWhenChangesWaitThenTheyAreCommittedAndLaterOnesRefused() throws Exception {
        List<Future<Committed<String>>> waiting;
        try (ExecutorService threads = committers()) {
            Future<?> closing;
            try (HeldWriter held = new HeldWriter().hold()) {
                waiting = IntStream.range(0, 20)
                        .mapToObj(number -> threads.submit(() -> commit("n" + number)))
                        .toList();
                awaitCommitters();
                closing = threads.submit(log::close);
            }
            closing.get();
        }
        assertThat(waiting).allSatisfy(waiter -> assertThat(waiter.state()).isEqualTo(Future.State.SUCCESS));
        assertThat(details()).hasSize(20);
        assertThatThrownBy(() -> commit("late"))
                .isInstanceOf(LogUnavailable.class)
                .hasMessageContaining("shutting down");
    }

    @Test
    void commitWhenTheCallerIsInterruptedThenItStillLearnsTheOutcome() throws Exception {
        CountDownLatch learned = new CountDownLatch(1);
        Thread caller = Thread.ofVirtual().unstarted(() -> {
            commit("a");
            learned.countDown();
        });
        try (HeldWriter held = new HeldWriter().hold()) {
            caller.start();
            Thread.sleep(100);
            caller.interrupt();
            Thread.sleep(100);
            assertThat(learned.getCount()).isEqualTo(1);
        }
        caller.join();
        assertThat(learned.getCount()).isZero();
        assertThat(details()).containsExactly("a");
    }
}
