package io.attested.sms.release.web;

import io.attested.sms.audit.LogHead;
import java.util.Base64;

/**
 * Where the log stood when an answer was given; keep it to convict a rewritten log.
 *
 * @param head hash of the chain up to {@code sequence}, hex
 * @param signature the service key's over both, base64
 */
record LogPosition(long sequence, String head, String signature) {
    static LogPosition of(LogHead head) {
        return new LogPosition(
                head.sequence(), head.hash().toString(), Base64.getEncoder().encodeToString(head.signature()));
    }
}
