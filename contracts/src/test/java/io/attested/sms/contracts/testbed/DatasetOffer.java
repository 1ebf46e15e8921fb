package io.attested.sms.contracts.testbed;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import org.web3j.abi.datatypes.DynamicStruct;
import org.web3j.abi.datatypes.generated.Uint256;

/**
 * A dataset order for bulk deals, free of charge. Addresses are {@code 0x} and 40 digits, words {@code 0x} and 64.
 *
 * @param dataset the dataset
 * @param volume number of tasks; the SDK offers 2^53 - 1
 * @param tag what a deal's tag must contain
 * @param appRestrict the only application, or zero
 * @param workerpoolRestrict the only workerpool, or zero
 * @param requesterRestrict the only requester, or zero
 * @param salt makes orders differ
 * @param signature {@code 0x} and digits
 */
public record DatasetOffer(
        String dataset,
        BigInteger volume,
        String tag,
        String appRestrict,
        String workerpoolRestrict,
        String requesterRestrict,
        String salt,
        String signature) {
    /** What the SDK offers when nothing is said. */
    public static final BigInteger ENDLESS = BigInteger.TWO.pow(53).subtract(BigInteger.ONE);

    /** Not signed yet, without restrictions. */
    public static DatasetOffer of(String dataset, String salt) {
        return new DatasetOffer(
                dataset,
                ENDLESS,
                TeeTag.SCONE.text(),
                Abi.ZERO_ADDRESS,
                Abi.ZERO_ADDRESS,
                Abi.ZERO_ADDRESS,
                salt,
                "0x");
    }

    /** The same for so many tasks. */
    public DatasetOffer withVolume(BigInteger other) {
        return new DatasetOffer(
                dataset, other, tag, appRestrict, workerpoolRestrict, requesterRestrict, salt, signature);
    }

    /** The same with this tag. */
    public DatasetOffer withTag(String other) {
        return new DatasetOffer(
                dataset, volume, other, appRestrict, workerpoolRestrict, requesterRestrict, salt, signature);
    }

    /** The same for this application only. */
    public DatasetOffer withApp(String only) {
        return new DatasetOffer(dataset, volume, tag, only, workerpoolRestrict, requesterRestrict, salt, signature);
    }

    /** The same for this workerpool only. */
    public DatasetOffer withWorkerpool(String only) {
        return new DatasetOffer(dataset, volume, tag, appRestrict, only, requesterRestrict, salt, signature);
    }

    /** The same for this requester only. */
    public DatasetOffer withRequester(String only) {
        return new DatasetOffer(dataset, volume, tag, appRestrict, workerpoolRestrict, only, salt, signature);
    }

    /** The same with this signature. */
    public DatasetOffer withSignature(String other) {
        return new DatasetOffer(dataset, volume, tag, appRestrict, workerpoolRestrict, requesterRestrict, salt, other);
    }

    /** As the SDK writes it into a list: numbers as decimal strings. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("dataset", dataset);
        json.put("datasetprice", "0");
        json.put("volume", volume.toString());
        json.put("tag", tag);
        json.put("apprestrict", appRestrict);
        json.put("workerpoolrestrict", workerpoolRestrict);
        json.put("requesterrestrict", requesterRestrict);
        json.put("salt", salt);
        json.put("sign", signature);
        return json;
    }

    DynamicStruct struct() {
        return new DynamicStruct(
                Abi.address(dataset),
                Abi.number(0),
                new Uint256(volume),
                Abi.word(tag),
                Abi.address(appRestrict),
                Abi.address(workerpoolRestrict),
                Abi.address(requesterRestrict),
                Abi.word(salt),
                Abi.bytes(signature));
    }
}
