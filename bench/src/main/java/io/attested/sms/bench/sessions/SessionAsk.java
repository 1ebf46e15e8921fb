package io.attested.sms.bench.sessions;

import io.attested.sms.contracts.testbed.WorkerpoolAuthorization;
import java.nio.charset.StandardCharsets;

/**
 * A worker's request for the session of one task, signed beforehand.
 *
 * @param http the whole request, of HTTP/1.1
 */
record SessionAsk(byte[] http) {
    static SessionAsk of(WorkerpoolAuthorization signed) {
        String json = "{\"chainTaskId\":\"" + signed.chainTaskId() + "\",\"workerWallet\":\"" + signed.workerWallet()
                + "\",\"enclaveChallenge\":\"" + signed.enclaveChallenge() + "\",\"signature\":{\"value\":\""
                + signed.signature() + "\"}}";
        String head = "POST /tee/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Authorization: " + signed.workerSignature() + "\r\nContent-Length: " + json.length() + "\r\n\r\n";
        return new SessionAsk((head + json).getBytes(StandardCharsets.US_ASCII));
    }
}
