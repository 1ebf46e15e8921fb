package io.attested.sms.worker.release;

import io.attested.sms.attestation.binding.ReportBinding;
import io.attested.sms.worker.ethereum.Ask;
import io.attested.sms.worker.json.JsonText;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What evidence binds: the exact bytes sent beside the quote, native protocol section 3.
 *
 * @param service whose chain, hub and key are named
 * @param challenge that is redeemed
 * @param ask that was asked
 * @param kem the suite of the encryption key
 * @param encryptionKey the enclave's fresh public key, 32 bytes, in base64
 */
public record RuntimeData(ServiceDescription service, Challenge challenge, Ask ask, String kem, String encryptionKey) {
    /** Value of the member {@code purpose}. */
    public static final String PURPOSE = ReportBinding.WORKER_DOMAIN;

    /** With the public key as bytes. */
    public static RuntimeData of(
            ServiceDescription service, Challenge challenge, Ask ask, String kem, byte[] encryptionKey) {
        return new RuntimeData(service, challenge, ask, kem, Base64.getEncoder().encodeToString(encryptionKey));
    }

    /** The JSON object's bytes. */
    public byte[] bytes() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("purpose", PURPOSE);
        members.put("chainId", service.chainId());
        members.put("hub", service.hub().hex());
        members.put("serviceKey", service.serviceKey().value().hex());
        members.put("challenge", challenge.token());
        members.put("nonce", challenge.nonce().hex());
        members.put("chainTaskId", ask.chainTaskId().hex());
        members.put("stage", ask.stage());
        members.put("worker", ask.worker().hex());
        members.put("kem", kem);
        members.put("encryptionKey", encryptionKey);
        return JsonText.bytes(members);
    }
}
