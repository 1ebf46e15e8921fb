package io.attested.sms.contracts;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.DynamicStruct;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;

/**
 * A signed dataset order as PoCo's {@code DatasetOrder} has it.
 *
 * @param dataset address, {@code 0x} and 40 digits, as all addresses here
 * @param price below 2^256, as the volume
 * @param tag 32 bytes
 * @param salt 32 bytes
 * @param signature any bytes, at most {@link Lenses#LONGEST_ORDER_SIGNATURE}
 */
public record DatasetOrderCall(
        String dataset,
        BigInteger price,
        BigInteger volume,
        byte[] tag,
        String appRestrict,
        String workerpoolRestrict,
        String requesterRestrict,
        byte[] salt,
        byte[] signature) {

    /**
     * Call data of {@code assertDatasetDealCompatibility}, which returns nothing and reverts for an order that is closed,
     * not signed by the dataset's owner, or restricted to other deals; PoCo 6.1 and later.
     *
     * @param dealId 32 bytes
     */
    byte[] judge(byte[] dealId) {
        DynamicStruct order = new DynamicStruct(
                new Address(dataset),
                new Uint256(price),
                new Uint256(volume),
                new Bytes32(tag),
                new Address(appRestrict),
                new Address(workerpoolRestrict),
                new Address(requesterRestrict),
                new Bytes32(salt),
                new DynamicBytes(signature));
        String data = FunctionEncoder.encode(
                new Function("assertDatasetDealCompatibility", List.of(order, new Bytes32(dealId)), List.of()));
        return HexFormat.of().parseHex(data, 2, data.length());
    }
}
