package io.attested.sms.chain.live;

import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.DealClaim;
import io.attested.sms.chain.Provenance;
import io.attested.sms.chain.TaskFacts;
import io.attested.sms.chain.TaskLookup;
import io.attested.sms.chain.checked.Checked;
import io.attested.sms.chain.checked.CheckedChain;
import io.attested.sms.chain.follow.FollowedFacts;
import io.attested.sms.chain.follow.FollowedTask;
import io.attested.sms.chain.follow.TaskAnswer;
import io.attested.sms.chain.follow.TaskReading;
import io.attested.sms.chain.lens.DealFacts;
import io.attested.sms.chain.lens.TaskAtBlock;
import io.attested.sms.chain.rpc.BlockHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Tasks: remembered, or read at the blocks that memory lacks and then remembered. */
final class TaskMemory {
    /** New blocks may come while a task is read, and touch it: then what is new is read as well. */
    private static final int MOST_READINGS = 3;

    private final CheckedChain checked;
    private final FollowedFacts facts;
    private final MemoryMeter meter;
    private final Remembered remembered;
    private final ConcurrentMap<Reading, CompletableFuture<Checked<List<TaskAtBlock>>>> underWay =
            new ConcurrentHashMap<>();

    TaskMemory(CheckedChain checked, FollowedFacts facts, MemoryMeter meter, Remembered remembered) {
        this.checked = checked;
        this.facts = facts;
        this.meter = meter;
        this.remembered = remembered;
    }

    TaskLookup now(Bytes32 id, Optional<DealClaim> claim) {
        return lookup(new Asked(id, claim), () -> facts.task(id), remembered::at);
    }

    TaskLookup atHead(Bytes32 id) {
        return lookup(
                new Asked(id, Optional.empty()),
                () -> facts.taskAtHead(id),
                (settled, head) -> remembered.atHead(head));
    }

    private record Asked(Bytes32 id, Optional<DealClaim> claim) {}

    private record Reading(Asked asked, List<BlockHeader> blocks) {}

    private TaskLookup lookup(
            Asked asked, Supplier<TaskAnswer> memory, BiFunction<BlockRef, BlockRef, Provenance> provenance) {
        for (int reading = 0; reading <= MOST_READINGS; reading++) {
            TaskAnswer answer = memory.get();
            if (!(answer instanceof TaskAnswer.Miss miss)) {
                if (reading == 0) {
                    meter.hit();
                }
                return told(answer, provenance);
            }
            if (reading == 0) {
                meter.miss();
            }
            Optional<TaskLookup> end = read(asked, miss);
            if (end.isPresent()) {
                return end.get();
            }
        }
        return unavailable(Kind.HEAD_MOVED, "new blocks touch the task faster than it can be read");
    }

    private static TaskLookup told(TaskAnswer answer, BiFunction<BlockRef, BlockRef, Provenance> provenance) {
        return switch (answer) {
            case TaskAnswer.Known(FollowedTask task) ->
                new TaskLookup.Found(facts(task, provenance.apply(task.settled(), task.head())));
            case TaskAnswer.NotSettled(BlockRef settled, BlockRef head) -> new TaskLookup.NotSettled(settled, head);
            case TaskAnswer.Stopped(var why) -> new TaskLookup.Unavailable(Remembered.failure(why));
            case TaskAnswer.Miss ignored -> throw new IllegalArgumentException("nothing is told of a miss");
        };
    }

    private static TaskFacts facts(FollowedTask task, Provenance provenance) {
        return new TaskFacts(
                provenance, task.task(), task.deal(), task.app(), task.dataset(), task.category(), task.atHead());
    }

    /** Reads what memory lacks and remembers it; an answer only where memory will have none. */
    private Optional<TaskLookup> read(Asked asked, TaskAnswer.Miss miss) {
        List<BlockHeader> headers = new ArrayList<>();
        for (BlockRef block : miss.read()) {
            Optional<BlockHeader> header = facts.header(block);
            if (header.isEmpty()) {
                return Optional.empty();
            }
            headers.add(header.get());
        }
        return switch (readOnce(new Reading(asked, headers))) {
            case Checked.Unavailable<List<TaskAtBlock>>(ChainFailure failure) -> failed(failure, headers);
            case Checked.Read<List<TaskAtBlock>> values -> learned(asked.id(), values.value(), miss);
        };
    }

    /** Whoever asks for the same at the same blocks while it is read waits for that answer: there is no other. */
    private Checked<List<TaskAtBlock>> readOnce(Reading reading) {
        CompletableFuture<Checked<List<TaskAtBlock>>> own = new CompletableFuture<>();
        CompletableFuture<Checked<List<TaskAtBlock>>> others = underWay.putIfAbsent(reading, own);
        if (others != null) {
            return others.join();
        }
        try {
            Checked<List<TaskAtBlock>> read = readNow(reading);
            own.complete(read);
            return read;
        } finally {
            underWay.remove(reading, own);
            // Without effect once it is complete: only whoever waits for a reading that broke off is told so.
            own.cancel(false);
        }
    }

    private Checked<List<TaskAtBlock>> readNow(Reading reading) {
        Bytes32 id = reading.asked().id();
        return reading.asked()
                .claim()
                .map(claim -> checked.tasksAt(id, claim, reading.blocks()))
                .orElseGet(() -> checked.tasksAt(id, reading.blocks()));
    }

    /** That a block is gone is a failure only while the follower still believes in it. */
    private Optional<TaskLookup> failed(ChainFailure failure, List<BlockHeader> headers) {
        boolean followed =
                headers.stream().allMatch(header -> facts.header(header.ref()).isPresent());
        return failure.kind() == Kind.HEAD_MOVED && !followed
                ? Optional.empty()
                : Optional.of(new TaskLookup.Unavailable(failure));
    }

    private Optional<TaskLookup> learned(Bytes32 id, List<TaskAtBlock> values, TaskAnswer.Miss miss) {
        List<TaskReading> readings = new ArrayList<>();
        boolean known = false;
        for (int i = 0; i < values.size(); i++) {
            switch (values.get(i)) {
                case TaskAtBlock.Known value -> {
                    if (!value.facts().registered()) {
                        return Optional.of(unavailable(
                                Kind.INCONSISTENT, "the hub's registries do not know an asset of the deal"));
                    }
                    known = true;
                    readings.add(reading(value));
                }
                case TaskAtBlock.Unknown value -> readings.add(new TaskReading(value.block(), id, Optional.empty()));
                case TaskAtBlock.Boosted ignored -> {
                    return Optional.of(new TaskLookup.Boosted(miss.head()));
                }
                case TaskAtBlock.TooLong ignored ->
                    throw new IllegalStateException("texts are completed before a reading is given");
            }
        }
        facts.learned(readings);
        return known || !miss.read().contains(miss.head()) ? Optional.empty() : Optional.of(absent(miss));
    }

    /** What the head does not know: unknown, unless the settled block in memory knows it, which only a lie explains. */
    private static TaskLookup absent(TaskAnswer.Miss miss) {
        return miss.read().contains(miss.settled())
                ? new TaskLookup.Unknown(miss.head())
                : unavailable(Kind.INCONSISTENT, "the head does not know a settled task");
    }

    private static TaskReading reading(TaskAtBlock.Known value) {
        DealFacts facts = value.facts();
        return new TaskReading(
                value.block(),
                value.task().id(),
                Optional.of(new TaskReading.Content(
                        value.task(),
                        facts.deal(),
                        facts.app(),
                        facts.dataset(),
                        facts.category(),
                        facts.registered())));
    }

    private static TaskLookup unavailable(Kind kind, String detail) {
        return new TaskLookup.Unavailable(new ChainFailure(kind, detail));
    }
}
