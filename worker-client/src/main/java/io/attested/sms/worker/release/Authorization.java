package io.attested.sms.worker.release;

import io.attested.sms.worker.ethereum.Bytes32;
import io.attested.sms.worker.ethereum.EthereumAddress;
import io.attested.sms.worker.ethereum.EthereumSignature;
import io.attested.sms.worker.json.MalformedJsonException;
import io.attested.sms.worker.json.StrictJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A workerpool's permission for one worker to run one task, as its scheduler writes it.
 *
 * <p>The signature covers {@code keccak256(workerWallet ‖ chainTaskId ‖ enclaveChallenge)} and never ends; deal and index are
 * not covered.
 *
 * @param chainTaskId the task
 * @param workerWallet the worker
 * @param enclaveChallenge the address the service derived for the task
 * @param dealId the deal, for the reader
 * @param taskIndex the index in the deal, for the reader
 * @param signature of the workerpool's owner
 */
public record Authorization(
        Bytes32 chainTaskId,
        EthereumAddress workerWallet,
        EthereumAddress enclaveChallenge,
        Optional<Bytes32> dealId,
        OptionalLong taskIndex,
        EthereumSignature signature) {
    private static final String PLACE = "the workerpool authorization";
    private static final Set<String> MEMBERS =
            Set.of("chainTaskId", "workerWallet", "enclaveChallenge", "dealId", "taskIndex", "signature");

    /** Reads the JSON object of {@code /tee/sessions}; at most 64 KiB. */
    public static Authorization parse(byte[] json) throws MalformedJsonException {
        StrictJson object = StrictJson.parse(PLACE, json, MEMBERS);
        return new Authorization(
                object.parsed("chainTaskId", Wire.HASH, Bytes32::parse),
                object.parsed("workerWallet", Wire.ADDRESS, EthereumAddress::parse),
                object.parsed("enclaveChallenge", Wire.ADDRESS, EthereumAddress::parse),
                object.has("dealId")
                        ? Optional.of(object.parsed("dealId", Wire.HASH, Bytes32::parse))
                        : Optional.empty(),
                object.has("taskIndex") ? OptionalLong.of(object.number("taskIndex")) : OptionalLong.empty(),
                object.object("signature", Set.of("value")).parsed("value", Wire.SIGNATURE, EthereumSignature::parse));
    }

    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("chainTaskId", chainTaskId.hex());
        members.put("workerWallet", workerWallet.hex());
        members.put("enclaveChallenge", enclaveChallenge.hex());
        dealId.ifPresent(id -> members.put("dealId", id.hex()));
        taskIndex.ifPresent(index -> members.put("taskIndex", index));
        members.put("signature", Map.of("value", signature.hex()));
        return members;
    }
}
