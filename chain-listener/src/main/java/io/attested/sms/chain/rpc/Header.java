package io.attested.sms.chain.rpc;

import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.web3j.crypto.Hash;
import org.web3j.rlp.RlpEncoder;
import org.web3j.rlp.RlpList;
import org.web3j.rlp.RlpString;
import org.web3j.rlp.RlpType;
import tools.jackson.databind.JsonNode;

/**
 * A block as a node describes it, accepted only when keccak256 of the RLP of its header fields is the hash it claims.
 *
 * <p>The fields are those of the yellow paper and, when the node gives them, of EIP-1559, EIP-4895, EIP-4844, EIP-4788
 * and EIP-7685, in this order. Members of a block that are not in its header (sizes, transactions, a rollup's extras) do
 * not count. A fork that adds header fields makes every header inconsistent until this list knows them: that is an
 * outage, not a silent loss of the check. Ganache 7.9 passes as anvil does. Chains whose headers end in other seals than
 * mix hash and nonce (AuRa) cannot be read.
 */
final class Header {
    private static final List<String> ALWAYS = List.of(
            "parentHash",
            "sha3Uncles",
            "miner",
            "stateRoot",
            "transactionsRoot",
            "receiptsRoot",
            "logsBloom",
            "difficulty",
            "number",
            "gasLimit",
            "gasUsed",
            "timestamp",
            "extraData",
            "mixHash",
            "nonce");
    private static final List<String> SINCE_A_FORK = List.of(
            "baseFeePerGas",
            "withdrawalsRoot",
            "blobGasUsed",
            "excessBlobGas",
            "parentBeaconBlockRoot",
            "requestsHash");
    private static final Set<String> QUANTITIES = Set.of(
            "difficulty",
            "number",
            "gasLimit",
            "gasUsed",
            "timestamp",
            "baseFeePerGas",
            "blobGasUsed",
            "excessBlobGas");

    private Header() {}

    static BlockRef read(JsonNode block) throws ReadFailure {
        return whole(block).ref();
    }

    static BlockHeader whole(JsonNode block) throws ReadFailure {
        if (block.isNull()) {
            throw ReadFailure.headMoved("the node does not have the block");
        }
        if (!block.isObject()) {
            throw ReadFailure.malformed("the block is not a JSON object");
        }
        Bytes32 hash = Quantity.word(block.path("hash"), "the block's hash");
        if (!computed(block).equals(hash)) {
            throw ReadFailure.inconsistent("the block's header does not have the hash the node gives for it");
        }
        return new BlockHeader(
                Quantity.longNumber(block.path("number"), "the block's number"),
                hash,
                Quantity.word(block.path("parentHash"), "the parent's hash"),
                Quantity.instant(Quantity.number(block.path("timestamp"), "the block's time"), "the block's time"),
                Quantity.word(block.path("stateRoot"), "the state root"),
                Quantity.word(block.path("receiptsRoot"), "the receipts root"),
                bloom(block.path("logsBloom")));
    }

    private static LogsBloom bloom(JsonNode node) throws ReadFailure {
        byte[] bytes = Quantity.bytes(node, "the logs' bloom");
        if (bytes.length != LogsBloom.LENGTH) {
            throw ReadFailure.malformed("the logs' bloom does not have " + LogsBloom.LENGTH + " bytes");
        }
        return LogsBloom.of(bytes);
    }

    private static Bytes32 computed(JsonNode block) throws ReadFailure {
        List<RlpType> fields = new ArrayList<>();
        for (String name : ALWAYS) {
            fields.add(field(block, name));
        }
        for (String name : SINCE_A_FORK) {
            if (block.hasNonNull(name)) {
                fields.add(field(block, name));
            }
        }
        return Bytes32.of(Hash.sha3(RlpEncoder.encode(new RlpList(fields))));
    }

    private static RlpType field(JsonNode block, String name) throws ReadFailure {
        String what = "the header's " + name;
        JsonNode value = block.path(name);
        return QUANTITIES.contains(name)
                ? RlpString.create(Quantity.number(value, what))
                : RlpString.create(Quantity.bytes(value, what));
    }
}
