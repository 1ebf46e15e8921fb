package io.attested.sms.chain.follow;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.follow.OwnershipChanges.Change;
import io.attested.sms.chain.follow.Reading.Absent;
import io.attested.sms.chain.follow.Reading.Failed;
import io.attested.sms.chain.follow.Reading.Read;
import io.attested.sms.chain.follow.Reading.TooMuch;
import io.attested.sms.chain.rpc.BlockHeader;
import io.attested.sms.chain.rpc.Log;
import io.attested.sms.chain.rpc.LogFilter;
import io.attested.sms.chain.rpc.LogSpan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads events, checks them against the headers they are of, and picks the changes of owners out of them. */
final class Transfers {
    private static final int TOPICS = 4;
    private static final int PADDING = Bytes32.LENGTH - Address.LENGTH;

    private final Logs logs;
    private final Watched watched;
    private final LogSpan span;

    Transfers(Logs logs, Watched watched, LogSpan span) {
        this.logs = logs;
        this.watched = watched;
        this.span = span;
    }

    /** What became of a range of old blocks. */
    sealed interface Old {
        /** All changes up to this block. */
        record Changes(List<Change> changes, long to) implements Old {}

        /** A smaller range is to be asked for. */
        record Smaller() implements Old {}

        /** These blocks' events are no longer kept. */
        record Pruned() implements Old {}
    }

    /** Changes in old settled blocks from {@code from}, at most to {@code last}, without their headers. */
    Old old(long from, long last) throws Unreadable {
        long to = span.end(from, last);
        LogFilter filter = watched.transfers();
        return switch (logs.range(filter, from, to)) {
            case Read<List<Log>> read -> {
                List<Change> changes = new ArrayList<>();
                for (Log log : read.value()) {
                    if (!filter.matches(log) || log.blockNumber() < from || log.blockNumber() > to) {
                        throw inconsistent("an event of block " + log.blockNumber() + " was not asked for");
                    }
                    changes.add(change(log));
                }
                span.answered();
                yield new Old.Changes(changes, to);
            }
            case Absent<List<Log>> _ -> new Old.Pruned();
            case TooMuch<List<Log>> _ -> shrunk();
            case Failed<List<Log>> failed -> {
                if (failed.failure().kind() == Kind.TIMEOUT && span.shrink()) {
                    yield new Old.Smaller();
                }
                throw new Unreadable(failed.failure());
            }
        };
    }

    private Old shrunk() throws Unreadable {
        if (!span.shrink()) {
            throw new Unreadable(Kind.RPC_ERROR, "the node refuses the events of a single block");
        }
        return new Old.Smaller();
    }

    /**
     * Changes by height in these blocks, which follow one another. Every event the node tells must be of one of the
     * blocks and in its filter; a block whose filter shows a transfer that a range lacks is asked for once more by hash.
     */
    Map<Long, List<Change>> in(List<BlockHeader> path) throws Unreadable {
        Map<Long, List<Change>> changes = new TreeMap<>();
        int next = 0;
        while (next < path.size()) {
            long from = path.get(next).number();
            int count = (int) (span.end(from, path.getLast().number()) - from) + 1;
            List<BlockHeader> some = path.subList(next, next + count);
            Reading<List<Log>> reading = count == 1
                    ? logs.block(watched.everything(), some.getFirst())
                    : logs.range(watched.everything(), from, some.getLast().number());
            if (reading instanceof TooMuch<List<Log>> && span.shrink()) {
                continue;
            }
            collect(some, required(reading), changes);
            if (count > 1) {
                lookAgain(some, changes);
            }
            span.answered();
            next += count;
        }
        return changes;
    }

    private void lookAgain(List<BlockHeader> blocks, Map<Long, List<Change>> changes) throws Unreadable {
        for (BlockHeader block : blocks) {
            if (!changes.containsKey(block.number()) && watched.anyTransfer().test(block.logsBloom())) {
                collect(List.of(block), required(logs.block(watched.everything(), block)), changes);
            }
        }
    }

    private void collect(List<BlockHeader> blocks, List<Log> told, Map<Long, List<Change>> changes) throws Unreadable {
        LogFilter transfers = watched.transfers();
        for (Log log : told) {
            check(blocks, log);
            if (transfers.matches(log)) {
                changes.computeIfAbsent(log.blockNumber(), number -> new ArrayList<>())
                        .add(change(log));
            }
        }
    }

    private void check(List<BlockHeader> blocks, Log log) throws Unreadable {
        long index = log.blockNumber() - blocks.getFirst().number();
        if (index < 0 || index >= blocks.size() || !watched.everything().matches(log)) {
            throw inconsistent("an event of block " + log.blockNumber() + " was not asked for");
        }
        BlockHeader block = blocks.get((int) index);
        if (!log.isOf(block)) {
            throw new Unreadable(
                    Kind.HEAD_MOVED, "block " + block.number() + " was replaced while its events were read");
        }
        if (!log.fits(block)) {
            throw inconsistent("an event of block " + block.number() + " is not in the block's filter");
        }
    }

    private static Change change(Log log) throws Unreadable {
        if (log.topics().size() != TOPICS) {
            throw new Unreadable(Kind.MALFORMED_ANSWER, "a registry's transfer does not have " + TOPICS + " topics");
        }
        return new Change(
                log.address(),
                address(log.topics().get(3)),
                address(log.topics().get(1)),
                address(log.topics().get(2)),
                log.blockNumber(),
                log.blockHash());
    }

    private static Address address(Bytes32 topic) throws Unreadable {
        byte[] word = topic.bytes();
        if (!Arrays.equals(word, 0, PADDING, new byte[PADDING], 0, PADDING)) {
            throw new Unreadable(Kind.MALFORMED_ANSWER, "a registry's transfer names something longer than an address");
        }
        return Address.of(Arrays.copyOfRange(word, PADDING, word.length));
    }

    private static List<Log> required(Reading<List<Log>> reading) throws Unreadable {
        return switch (reading) {
            case Read<List<Log>> read -> read.value();
            case Absent<List<Log>> _ -> throw new Unreadable(Kind.HEAD_MOVED, "the node lacks a block's events");
            case TooMuch<List<Log>> _ ->
                throw new Unreadable(Kind.RPC_ERROR, "the node refuses the events of a single block");
            case Failed<List<Log>> failed -> throw new Unreadable(failed.failure());
        };
    }

    private static Unreadable inconsistent(String detail) {
        return new Unreadable(Kind.INCONSISTENT, detail);
    }
}
