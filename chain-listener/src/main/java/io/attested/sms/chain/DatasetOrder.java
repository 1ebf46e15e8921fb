package io.attested.sms.chain;

import java.math.BigInteger;

/**
 * A dataset owner's signed offer, as PoCo's struct of the same name. Anybody can have written it: only the hub tells
 * whether it counts.
 *
 * @param dataset the dataset's contract
 * @param price for one task, 0 to 2^256 - 1
 * @param volume number of tasks it offers, 0 to 2^256 - 1
 * @param tag what a deal's tag must contain
 * @param appRestrict the only application or a whitelist of them, or zero
 * @param workerpoolRestrict likewise for workerpools
 * @param requesterRestrict likewise for requesters
 * @param salt makes orders differ
 * @param signature of the owner, as signed; at most {@link #LONGEST_SIGNATURE} bytes
 */
public record DatasetOrder(
        Address dataset,
        BigInteger price,
        BigInteger volume,
        Bytes32 tag,
        Address appRestrict,
        Address workerpoolRestrict,
        Address requesterRestrict,
        Bytes32 salt,
        RegisteredBytes signature) {
    /** Longest signature in bytes: a key's has 65, contract wallets make longer ones. */
    public static final int LONGEST_SIGNATURE = 2_048;

    private static final int WORD_BITS = 256;

    /** @throws IllegalArgumentException when a number or the signature does not fit */
    public DatasetOrder {
        if (!fits(price) || !fits(volume)) {
            throw new IllegalArgumentException("price and volume of a dataset order are 0 to 2^256 - 1");
        }
        if (signature.length() > LONGEST_SIGNATURE) {
            throw new IllegalArgumentException(
                    "the signature of a dataset order has at most " + LONGEST_SIGNATURE + " bytes");
        }
    }

    private static boolean fits(BigInteger number) {
        return number.signum() >= 0 && number.bitLength() <= WORD_BITS;
    }
}
