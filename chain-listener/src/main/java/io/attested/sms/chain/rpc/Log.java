package io.attested.sms.chain.rpc;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.RegisteredBytes;
import java.util.List;

/**
 * One event of a contract, as a node tells it.
 *
 * @param address the contract
 * @param topics at most four
 * @param data any bytes
 * @param blockNumber height of its block
 * @param blockHash hash of its block
 * @param transaction hash of its transaction
 * @param index its place among the logs of its block
 */
public record Log(
        Address address,
        List<Bytes32> topics,
        RegisteredBytes data,
        long blockNumber,
        Bytes32 blockHash,
        Bytes32 transaction,
        long index) {
    /** Copies the topics. */
    public Log {
        topics = List.copyOf(topics);
    }

    /** Whether number and hash are those of this block. */
    public boolean isOf(BlockHeader header) {
        return blockNumber == header.number() && blockHash.equals(header.hash());
    }

    /** Whether it can be a log of this block: {@link #isOf} it, address and topics in its bloom. */
    public boolean fits(BlockHeader header) {
        return isOf(header)
                && header.logsBloom().mayContain(address)
                && topics.stream().allMatch(header.logsBloom()::mayContain);
    }
}
