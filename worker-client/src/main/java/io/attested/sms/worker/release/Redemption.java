package io.attested.sms.worker.release;

import io.attested.sms.worker.json.JsonText;
import io.attested.sms.worker.json.MalformedJsonException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Evidence presented for a challenge.
 *
 * @param token the challenge's token
 * @param quote whose report data is the hash of the runtime data
 * @param runtimeData the exact bytes that were hashed
 * @param collateral one JSON object, when the enclave's place has it
 */
@SuppressWarnings("ArrayRecordComponent")
public record Redemption(String token, byte[] quote, byte[] runtimeData, Optional<byte[]> collateral) {
    byte[] json() throws MalformedJsonException {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("challenge", token);
        members.put("quote", Base64.getEncoder().encodeToString(quote));
        members.put("runtimeData", Base64.getEncoder().encodeToString(runtimeData));
        if (collateral.isPresent()) {
            members.put("collateral", JsonText.raw("the collateral", collateral.get()));
        }
        return JsonText.bytes(members);
    }

    @Override
    public String toString() {
        return "Redemption[quote " + quote.length + " bytes, runtime data " + runtimeData.length + " bytes]";
    }
}
