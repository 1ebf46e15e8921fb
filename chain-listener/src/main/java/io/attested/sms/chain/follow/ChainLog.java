package io.attested.sms.chain.follow;

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
 */
public record ChainLog(
        Address address, List<Bytes32> topics, RegisteredBytes data, long blockNumber, Bytes32 blockHash) {
    /** Copies the topics. */
    public ChainLog {
        topics = List.copyOf(topics);
    }

    boolean isOf(BlockHeader header) {
        return blockNumber == header.number() && blockHash.equals(header.hash());
    }

    boolean isIn(LogsBloom bloom) {
        return bloom.mayContain(LogsBloom.Entry.of(address))
                && topics.stream().map(LogsBloom.Entry::of).allMatch(bloom::mayContain);
    }
}
