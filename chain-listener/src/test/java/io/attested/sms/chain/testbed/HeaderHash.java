package io.attested.sms.chain.testbed;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.web3j.crypto.Hash;
import org.web3j.rlp.RlpEncoder;
import org.web3j.rlp.RlpList;
import org.web3j.rlp.RlpString;
import org.web3j.rlp.RlpType;
import tools.jackson.databind.JsonNode;

/** The hash that a block's header has, for blocks that tests make up. */
public final class HeaderHash {
    private static final Set<String> NUMBERS = Set.of(
            "difficulty",
            "number",
            "gasLimit",
            "gasUsed",
            "timestamp",
            "baseFeePerGas",
            "blobGasUsed",
            "excessBlobGas");
    private static final List<String> FIELDS = List.of(
            ("parentHash sha3Uncles miner stateRoot transactionsRoot receiptsRoot logsBloom difficulty number gasLimit"
                            + " gasUsed timestamp extraData mixHash nonce baseFeePerGas withdrawalsRoot blobGasUsed"
                            + " excessBlobGas parentBeaconBlockRoot requestsHash")
                    .split(" "));

    private HeaderHash() {}

    /** {@code 0x} and 64 digits. */
    public static String of(JsonNode block) {
        List<RlpType> values = new ArrayList<>();
        for (String field : FIELDS) {
            if (block.hasNonNull(field)) {
                String digits = block.get(field).asString().substring(2);
                values.add(
                        NUMBERS.contains(field)
                                ? RlpString.create(new BigInteger(digits, 16))
                                : RlpString.create(HexFormat.of().parseHex(digits)));
            }
        }
        return "0x" + HexFormat.of().formatHex(Hash.sha3(RlpEncoder.encode(new RlpList(values))));
    }
}
