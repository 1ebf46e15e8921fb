package io.attested.sms.attestation.ratls;

import io.attested.sms.attestation.Verdict;

/** What reading an RA-TLS certificate came to. */
public sealed interface RaTlsReading {
    /** The certificate is signed by its own key and presents one quote for it. */
    record Presented(RaTlsEvidence evidence) implements RaTlsReading {}

    /**
     * The certificate is none that can be used.
     *
     * @param rejection the reason is RATLS_CERTIFICATE_INVALID or RATLS_KEY_NOT_BOUND
     */
    record Refused(Verdict.Rejected rejection) implements RaTlsReading {}
}
