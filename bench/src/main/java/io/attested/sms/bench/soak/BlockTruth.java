package io.attested.sms.bench.soak;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.Task;
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
}
