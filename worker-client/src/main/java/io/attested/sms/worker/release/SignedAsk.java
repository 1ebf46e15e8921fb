package io.attested.sms.worker.release;

import io.attested.sms.worker.ethereum.Ask;
import io.attested.sms.worker.ethereum.Bytes32;
import io.attested.sms.worker.ethereum.EthereumAddress;
import io.attested.sms.worker.ethereum.EthereumSignature;
import io.attested.sms.worker.json.JsonText;
import io.attested.sms.worker.json.MalformedJsonException;
import io.attested.sms.worker.json.StrictJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * An {@link Ask} and its worker's signature.
 *
 * @param ask the question
 * @param signature EIP-712, by the worker's wallet, which lives outside the enclave
 */
public record SignedAsk(Ask ask, EthereumSignature signature) {
    private static final Set<String> MEMBERS = Set.of("ask", "askSignature");
    private static final Set<String> ASK_MEMBERS =
            Set.of("chainTaskId", "stage", "worker", "enclaveChallenge", "deadline");

    /** Reads {@code {"ask":{…},"askSignature":"0x…"}}. */
    public static SignedAsk parse(byte[] json) throws MalformedJsonException {
        StrictJson object = StrictJson.parse("the signed ask", json, MEMBERS);
        StrictJson ask = object.object("ask", ASK_MEMBERS);
        return new SignedAsk(
                new Ask(
                        ask.parsed("chainTaskId", Wire.HASH, Bytes32::parse),
                        ask.text("stage"),
                        ask.parsed("worker", Wire.ADDRESS, EthereumAddress::parse),
                        ask.parsed("enclaveChallenge", Wire.ADDRESS, EthereumAddress::parse),
                        ask.number("deadline")),
                object.parsed("askSignature", Wire.SIGNATURE, EthereumSignature::parse));
    }

    /** The JSON that {@link #parse} reads. */
    public byte[] json() {
        return JsonText.bytes(members());
    }

    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("ask", askMembers());
        members.put("askSignature", signature.hex());
        return members;
    }

    private Map<String, Object> askMembers() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("chainTaskId", ask.chainTaskId().hex());
        members.put("stage", ask.stage());
        members.put("worker", ask.worker().hex());
        members.put("enclaveChallenge", ask.enclaveChallenge().hex());
        members.put("deadline", ask.deadline());
        return members;
    }
}
