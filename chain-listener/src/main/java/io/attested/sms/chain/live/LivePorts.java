package io.attested.sms.chain.live;

import io.attested.sms.chain.follow.Checkpoints;
import io.attested.sms.chain.follow.FollowerEvents;
import io.attested.sms.chain.follow.OwnershipChanges;
import io.attested.sms.chain.quorum.QuorumEvents;
import io.attested.sms.chain.rpc.RpcMeter;

/**
 * Whom a {@link LiveChain} tells what it does.
 *
 * @param rpc counts calls to nodes
 * @param quorum learns of nodes that disagree
 * @param follower learns how the chain moves
 * @param memory counts hits and misses
 * @param checkpoints where the follower left off
 * @param changes who learns of changes of owners
 */
public record LivePorts(
        RpcMeter rpc,
        QuorumEvents quorum,
        FollowerEvents follower,
        MemoryMeter memory,
        Checkpoints checkpoints,
        OwnershipChanges changes) {
    /** Tells nobody; the follower starts at the settled block and remembers where it is in memory. */
    public static LivePorts silent() {
        return new LivePorts(
                RpcMeter.NONE,
                QuorumEvents.NONE,
                FollowerEvents.NONE,
                MemoryMeter.NONE,
                Checkpoints.inMemory(),
                change -> {});
    }

    /** The same with another counter of calls. */
    public LivePorts withRpc(RpcMeter other) {
        return new LivePorts(other, quorum, follower, memory, checkpoints, changes);
    }
}
