package io.attested.sms.chain.follow;

import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.follow.Checkpoints.Checkpoint;
import io.attested.sms.chain.follow.OwnershipChanges.Change;
import io.attested.sms.chain.rpc.BlockHeader;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Changes of owners on their way: kept while their blocks may be abandoned, delivered once those are settled. */
final class Delivery {
    private final OwnershipChanges listener;
    private final Checkpoints checkpoints;
    private final NavigableMap<Long, List<Change>> waiting = new TreeMap<>();
    private Optional<Bytes32> saved = Optional.empty();

    Delivery(OwnershipChanges listener, Checkpoints checkpoints) {
        this.listener = listener;
        this.checkpoints = checkpoints;
    }

    void clear() {
        waiting.clear();
        saved = Optional.empty();
    }

    void cutAbove(long fork) {
        waiting.tailMap(fork, false).clear();
    }

    void stage(Map<Long, List<Change>> changes) {
        waiting.putAll(changes);
    }

    /** The checkpoint comes after the changes: when either fails, they come again at the next call. */
    void settle(BlockHeader settled) {
        if (saved.equals(Optional.of(settled.hash()))) {
            return;
        }
        NavigableMap<Long, List<Change>> due = waiting.headMap(settled.number(), true);
        due.values().forEach(changes -> changes.forEach(listener::changed));
        checkpoints.save(new Checkpoint(settled.number(), settled.hash()));
        saved = Optional.of(settled.hash());
        due.clear();
    }

    void deliver(List<Change> old, Checkpoint upTo) {
        old.forEach(listener::changed);
        checkpoints.save(upTo);
    }
}
