package io.attested.sms.grant;

import java.util.Optional;

/**
 * A request that is not served.
 *
 * @param detail what was found, what was expected, what to do; holds no secret value
 * @param use which use of a secret the refusal is about, when it is about one
 */
public record Refusal(RefusalCode code, String detail, Optional<SecretUse> use) implements Decision {
    public Refusal(RefusalCode code, String detail) {
        this(code, detail, Optional.empty());
    }

    /** The quote was made for other runtime data than those sent. */
    public static Refusal keyNotBound() {
        return new Refusal(
                RefusalCode.EVIDENCE_KEY_NOT_BOUND,
                "REPORTDATA is not SHA-512(\"sms-attest/worker/1\" ‖ 0 ‖ runtimeData) of the runtime data sent");
    }
}
