package io.attested.sms.chain.rpc;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import java.util.List;
import java.util.Map;

/**
 * One member of a batch.
 *
 * @param method the JSON-RPC method
 * @param params its parameters as JSON values: strings, booleans, maps and lists
 */
public record Question(String method, List<Object> params) {
    /** Some nodes (Arbitrum) refuse a call without a sender, so calls come from an address that owns nothing. */
    private static final String SENDER = "0x0000000000000000000000000000000000000001";

    /** Copies the parameters. */
    public Question {
        params = List.copyOf(params);
    }

    /** A call of a contract at one block. */
    public static Question call(Address to, String data, BlockRef at) {
        return new Question("eth_call", List.of(Map.of("from", SENDER, "to", to.value(), "data", data), pinned(at)));
    }

    /** A call without a recipient at one block: the data is run as creation code, and what it returns is the answer. */
    public static Question lens(String data, BlockRef at) {
        return new Question("eth_call", List.of(Map.of("from", SENDER, "data", data), pinned(at)));
    }

    /** How a block is named in a call: by its hash, refused by the node unless canonical (EIP-1898). */
    public static Map<String, Object> pinned(BlockRef block) {
        return Map.of("blockHash", block.hash().value(), "requireCanonical", true);
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
