package io.attested.sms.task.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.ChainView;
import io.attested.sms.chain.Deal;
import io.attested.sms.chain.TaskFacts;
import io.attested.sms.grant.TestFacts;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A gateway that keeps a requester's lists waiting; no list is ever read, so no chain is asked. */
class BulkBookTest {
    private static final Address OTHER = Address.parse("0x" + "0b".repeat(20));
    private static final int SHARE = 2;

    private final CountDownLatch asked = new CountDownLatch(SHARE);
    private final CountDownLatch released = new CountDownLatch(1);
    private final BulkBook book = new BulkBook(
            noChain(),
            (cid, deadline) -> cid.equals("lost") ? waiting() : new BulkContents.Content.Unavailable("not here"),
            new BulkBook.Patience(Duration.ofMillis(300), SHARE),
            BulkEvents.NONE,
            InstantSource.system());

    private BulkContents.Content waiting() {
        asked.countDown();
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new BulkContents.Content.Unavailable("nobody has it");
    }

    @Test
    @Timeout(30)
    void listsThatNobodyHasHoldTheirOwnRequesterUpAndNoOther() throws Exception {
        TaskFacts facts = TestFacts.live().facts();
        List<Future<BulkLookup>> held = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < SHARE; i++) {
                held.add(threads.submit(() -> book.slice(facts, "lost")));
            }
            asked.await();

            assertThat(book.slice(facts, "a third"))
                    .isEqualTo(new BulkLookup.ListUnavailable(
                            "too many lists of the same requester are being read already"));
            assertThat(book.slice(of(OTHER, facts), "another's"))
                    .isEqualTo(new BulkLookup.ListUnavailable("the root: not here"));

            released.countDown();
            for (Future<BulkLookup> lookup : held) {
                assertThat(lookup.get()).isEqualTo(new BulkLookup.ListUnavailable("the root: nobody has it"));
            }
        }
        assertThat(book.slice(facts, "a third")).isEqualTo(new BulkLookup.ListUnavailable("the root: not here"));
    }

    @Test
    void nothingIsRememberedOfWhoHasLeft() {
        RequesterTurns turns = new RequesterTurns(1);

        assertThat(turns.take(OTHER, Duration.ZERO)).isTrue();
        assertThat(turns.take(OTHER, Duration.ZERO)).isFalse();
        assertThat(turns.asking()).isOne();
        turns.leave(OTHER);

        assertThat(turns.asking()).isZero();
    }

    private static TaskFacts of(Address requester, TaskFacts facts) {
        Deal deal = facts.deal();
        Deal other = new Deal(
                deal.id(),
                deal.app(),
                deal.dataset(),
                deal.workerpool(),
                deal.tag(),
                requester,
                deal.beneficiary(),
                deal.callback(),
                deal.params(),
                deal.startTime(),
                deal.botFirst(),
                deal.botSize(),
                deal.category(),
                deal.trust());
        return new TaskFacts(
                facts.provenance(),
                facts.task(),
                other,
                facts.app(),
                facts.dataset(),
                facts.category(),
                facts.atHead());
    }

    private static ChainView noChain() {
        return (ChainView) Proxy.newProxyInstance(
                BulkBookTest.class.getClassLoader(), new Class<?>[] {ChainView.class}, (proxy, method, arguments) -> {
                    throw new AssertionError("nothing was read that the chain could judge");
                });
    }
}
