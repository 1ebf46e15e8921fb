package io.attested.sms.grant;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.Verdict;

/** What the asker has shown of itself. */
public sealed interface Proof {

    /** Nothing but wallet signatures: enough for a session that names a task, never for a secret. */
    record WalletsOnly() implements Proof {}

    /**
     * Evidence of an enclave.
     *
     * @param verdict what the verifier made of the quote
     * @param expectedReportData hash of the runtime data sent beside the quote, 64 bytes
     * @param serviceKey this service's Ed25519 public key, 32 bytes
     */
    record Evidence(Verdict verdict, ByteString expectedReportData, ByteString serviceKey) implements Proof {}
}
