package io.attested.sms.bench.soak;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.Task;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the chain itself said at one block, read while it was the head or right after.
 *
 * @param ref the block
 * @param parent hash of the block before
 * @param tasks the tasks that exist there, of those that are watched
 * @param owners the owners of the assets that exist there, of those that are watched
 */
record BlockTruth(BlockRef ref, Bytes32 parent, Map<Bytes32, Task> tasks, Map<Address, Address> owners) {
    BlockTruth {
        tasks = Map.copyOf(tasks);
        owners = Map.copyOf(owners);
    }

    Optional<Task> task(Bytes32 id) {
        return Optional.ofNullable(tasks.get(id));
    }

    Optional<Address> owner(Address asset) {
        return Optional.ofNullable(owners.get(asset));
    }

    /** The same, holding the parent's instances where nothing changed. */
    BlockTruth sharing(BlockTruth before) {
        return new BlockTruth(ref, parent, sharing(tasks, before.tasks), sharing(owners, before.owners));
    }

    private static <K, V> Map<K, V> sharing(Map<K, V> now, Map<K, V> before) {
        if (now.equals(before)) {
            return before;
        }
        Map<K, V> shared = new HashMap<>();
        Map<K, K> keys = new HashMap<>();
        before.keySet().forEach(key -> keys.put(key, key));
        now.forEach((key, value) -> {
            V known = before.get(key);
            shared.put(keys.getOrDefault(key, key), value.equals(known) ? known : value);
        });
        return shared;
    }
}
