package io.attested.sms.chain.rpc;

import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import java.time.Instant;

/**
 * A block's header, of which the hash was recomputed from all its fields.
 *
 * @param number height
 * @param hash keccak256 of the header's RLP
 * @param parentHash hash of the block before
 * @param time the header's timestamp, whole seconds
 * @param stateRoot root of the state after this block
 * @param receiptsRoot root of the trie of this block's receipts
 * @param logsBloom filter over addresses and topics of this block's logs
 */
public record BlockHeader(
        long number,
        Bytes32 hash,
        Bytes32 parentHash,
        Instant time,
        Bytes32 stateRoot,
        Bytes32 receiptsRoot,
        LogsBloom logsBloom) {
    /** The block's name. */
    public BlockRef ref() {
        return new BlockRef(number, hash, time);
    }

    /** Whether {@code next} names this block as its parent and is one higher. */
    public boolean isParentOf(BlockHeader next) {
        return next.parentHash().equals(hash) && next.number() == number + 1;
    }
}
