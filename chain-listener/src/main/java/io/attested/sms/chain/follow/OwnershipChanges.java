package io.attested.sms.chain.follow;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;

/**
 * Who wants to know that settled blocks gave assets another owner. Each change is delivered at least once and in the order
 * of the chain; after a restart or an exception some come again. When a settled block was abandoned, those of the branch
 * that replaced it come from a window's length below that block on; nothing takes back what was delivered before.
 */
public interface OwnershipChanges {
    /** An asset has another owner from this block on. */
    void changed(Change change);

    /**
     * One ERC-721 transfer of a registry.
     *
     * @param registry the registry
     * @param asset the asset's contract, the token id
     * @param from owner before; the zero address at registration
     * @param to owner after
     * @param blockNumber height of its block
     * @param blockHash hash of its block
     */
    record Change(Address registry, Address asset, Address from, Address to, long blockNumber, Bytes32 blockHash) {}
}
