package io.attested.sms.bench.soak;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainView;
import io.attested.sms.chain.OwnerLookup;
import io.attested.sms.chain.Task;
import io.attested.sms.chain.TaskFacts;
import io.attested.sms.chain.TaskLookup;
import io.attested.sms.chain.TaskStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Asks for tasks and owners as requests would, decides, has the head checked, and writes the decision down. One thread. */
final class Decider {
    private final ChainView view;
    private final Cast cast;
    private final Journal journal;
    private final HeadCheck heads;
    private final Transcript transcript;
    private final Counts counts;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final int mostPauseMillis;

    Decider(
            ChainView view,
            Cast cast,
            Journal journal,
            HeadCheck heads,
            Transcript transcript,
            Counts counts,
            InstantSource clock,
            RandomGenerator random,
            int mostPauseMillis) {
        this.view = view;
        this.cast = cast;
        this.journal = journal;
        this.heads = heads;
        this.transcript = transcript;
        this.counts = counts;
        this.clock = clock;
        this.random = random;
        this.mostPauseMillis = mostPauseMillis;
    }

    /** Until interrupted. */
    void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (random.nextInt(7) == 0) {
                    owner();
                } else {
                    task();
                }
                Thread.sleep(random.nextInt(mostPauseMillis));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void task() throws InterruptedException {
        Bytes32 id = chosen();
        Instant now = clock.instant();
        Optional<Decision> decision = decision(id, now, view.task(id));
        if (decision.isPresent()) {
            heads.check(decision.get());
            transcript.add(decision.get());
            counts.decided(decision.get().verdict());
        }
    }

    /** Empty when the chain could not be read, which decides nothing. */
    private Optional<Decision> decision(Bytes32 id, Instant now, TaskLookup lookup) {
        return switch (lookup) {
            case TaskLookup.Found(TaskFacts facts) -> Optional.of(decision(id, now, facts));
            case TaskLookup.NotSettled(var settled, var head) ->
                Optional.of(new Decision(
                        now,
                        id,
                        Verdict.NOT_SETTLED,
                        Optional.of(settled),
                        head,
                        Optional.empty(),
                        Optional.empty(),
                        Map.of()));
            case TaskLookup.Unknown(var head) ->
                Optional.of(new Decision(
                        now,
                        id,
                        Verdict.UNKNOWN,
                        Optional.empty(),
                        head,
                        Optional.empty(),
                        Optional.empty(),
                        Map.of()));
            case TaskLookup.Boosted boosted -> {
                counts.contradiction("task " + id + " is called boosted at " + boosted.head());
                yield Optional.empty();
            }
            case TaskLookup.Unavailable(var failure) -> {
                counts.unavailable(failure);
                yield Optional.empty();
            }
        };
    }

    private static Decision decision(Bytes32 id, Instant now, TaskFacts facts) {
        Rights rights = Rights.of(facts);
        Vetoes vetoes = Vetoes.of(facts.atHead());
        return new Decision(
                now,
                id,
                Verdict.of(rights, vetoes, facts.head().time(), now),
                Optional.of(facts.settled()),
                facts.head(),
                Optional.of(rights),
                Optional.of(vetoes),
                Registered.of(facts));
    }

    private void owner() throws InterruptedException {
        List<Address> assets = cast.assets();
        Address asset = assets.get(random.nextInt(assets.size()));
        OwnerLookup lookup = view.owner(asset);
        switch (lookup) {
            case OwnerLookup.Owner owner ->
                heads.check(
                        asset, Optional.of(owner.owner()), owner.provenance().head());
            case OwnerLookup.NoOwner none ->
                heads.check(asset, Optional.empty(), none.provenance().head());
            case OwnerLookup.Unavailable(var failure) -> {
                counts.unavailable(failure);
                return;
            }
        }
        counts.owner();
    }

    /** Mostly tasks that are active now; also any other that takes part, and now and then none at all. */
    private Bytes32 chosen() {
        List<Bytes32> all = cast.tasks();
        int chance = random.nextInt(100);
        if (chance < 60) {
            BlockTruth head = journal.head();
            List<Bytes32> active = all.stream()
                    .filter(id -> head.task(id).map(Task::status).equals(Optional.of(TaskStatus.ACTIVE)))
                    .toList();
            return active.isEmpty() ? all.getLast() : active.get(random.nextInt(active.size()));
        }
        return chance < 95 ? all.get(random.nextInt(all.size())) : nothing();
    }

    private Bytes32 nothing() {
        byte[] drawn = new byte[Bytes32.LENGTH];
        random.nextBytes(drawn);
        return Bytes32.of(drawn);
    }
}
