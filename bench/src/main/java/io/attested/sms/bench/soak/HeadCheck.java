package io.attested.sms.bench.soak;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Task;
import io.attested.sms.contracts.testbed.TestbedFailure;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Checks at once what cannot be checked later: the head of a decision may be abandoned the next moment, and then nobody can
 * be asked what it said.
 */
final class HeadCheck {
    private final Journal journal;
    private final Duration patience;
    private final Duration lag;
    private final Counts counts;

    /**
     * @param patience for how long to wait until a head is written down
     * @param lag for how long a head may have been superseded
     */
    HeadCheck(Journal journal, Duration patience, Duration lag, Counts counts) {
        this.journal = journal;
        this.patience = patience;
        this.lag = lag;
        this.counts = counts;
    }

    void check(Decision decision) throws InterruptedException {
        String what = decision.verdict() + " for task " + decision.task() + " at head "
                + decision.head().number() + " " + decision.head().hash();
        Optional<BlockTruth> found = block(decision.head(), what);
        if (found.isEmpty()) {
            return;
        }
        BlockTruth head = found.get();
        if (decision.settled().isPresent()) {
            settled(decision.settled().get(), head, what);
        }
        Optional<Task> task = head.task(decision.task());
        switch (decision.verdict()) {
            case UNKNOWN -> expect(task.isEmpty(), what, "the head knows " + task);
            case NOT_SETTLED -> expect(task.isPresent(), what, "the head does not know the task");
            case GRANTED, NOT_ACTIVE, DEADLINE_PASSED, OWNER_CHANGED -> {
                Optional<Vetoes> truth = vetoes(head, decision.registered(), task);
                expect(
                        truth.equals(decision.vetoes()),
                        what,
                        "said at the head " + decision.vetoes() + ", true is " + truth);
            }
        }
    }

    private void settled(BlockRef settled, BlockTruth head, String what) {
        expect(journal.settles(head, settled), what, "not settled below the head is " + settled);
        long deeper = head.ref().number() - settled.number() - Stage.DEPTH;
        expect(deeper <= 0, what, "the settled block lies " + deeper + " blocks deeper than it need");
    }

    void check(Address asset, Optional<Address> said, BlockRef at) throws InterruptedException {
        String what = "owner of " + asset + " at head " + at.number() + " " + at.hash();
        Optional<BlockTruth> head = block(at, what);
        if (head.isPresent()) {
            Optional<Address> owner = head.get().owner(asset);
            expect(owner.equals(said), what, "said " + said + ", true is " + owner);
        }
    }

    private Optional<BlockTruth> block(BlockRef head, String what) throws InterruptedException {
        Duration behind = journal.supersededFor(head.hash());
        counts.behind(behind);
        expect(behind.compareTo(lag) <= 0, what, "the head was superseded " + behind.toMillis() + " ms before");
        Optional<BlockTruth> block = journal.await(head.hash(), patience);
        expect(block.isPresent(), what, "the chain never had this head");
        expect(block.isEmpty() || block.get().ref().equals(head), what, "the head has another height or time");
        return block;
    }

    private static Optional<Vetoes> vetoes(BlockTruth head, Map<String, String> registered, Optional<Task> task) {
        Optional<Address> app = head.owner(address(registered, "app"));
        Address dataset = address(registered, "dataset");
        return task.flatMap(known -> app.map(owner -> new Vetoes(
                known.status(),
                known.contributionDeadline(),
                owner,
                dataset.isZero() ? Optional.empty() : head.owner(dataset))));
    }

    private static Address address(Map<String, String> registered, String name) {
        String value = registered.get(name);
        if (value == null) {
            throw new TestbedFailure("a decision does not say its " + name);
        }
        return Address.parse(value);
    }

    private void expect(boolean holds, String what, String otherwise) {
        if (!holds) {
            counts.contradiction(what + ": " + otherwise);
        }
    }
}
