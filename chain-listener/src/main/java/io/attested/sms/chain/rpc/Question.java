package io.attested.sms.chain.rpc;

import io.attested.sms.chain.Bytes32;
import java.util.List;

/**
 * One member of a batch.
 *
 * @param method the JSON-RPC method
 * @param params its parameters as JSON values: strings, booleans, maps and lists
 */
public record Question(String method, List<Object> params) {
    /** Copies the parameters. */
    public Question {
        params = List.copyOf(params);
    }

    static Question chainId() {
        return new Question("eth_chainId", List.of());
    }

    static Question latestBlock() {
        return block(BlockTag.LATEST);
    }

    static Question block(BlockTag tag) {
        return new Question("eth_getBlockByNumber", List.of(tag.text(), false));
    }

    static Question block(long number) {
        return new Question("eth_getBlockByNumber", List.of(Quantity.text(number), false));
    }

    static Question block(Bytes32 hash) {
        return new Question("eth_getBlockByHash", List.of(hash.value(), false));
    }
}
