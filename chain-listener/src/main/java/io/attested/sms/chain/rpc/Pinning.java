package io.attested.sms.chain.rpc;

import io.attested.sms.chain.BlockRef;
import java.util.Map;

/** How a read names its block. */
public enum Pinning {
    /** By hash, refused by the node unless canonical (EIP-1898). */
    BY_HASH,

    /**
     * By number, the header of that number compared again after all reads; for a node that refuses hashes, such as
     * Ganache. A reorganisation that comes and goes between two reads is not seen: for development only.
     */
    BY_NUMBER;

    /** The parameter that names a block, as a JSON value. */
    public Object block(BlockRef block) {
        return switch (this) {
            case BY_HASH -> Map.of("blockHash", block.hash().value(), "requireCanonical", true);
            case BY_NUMBER -> Quantity.text(block.number());
        };
    }
}
