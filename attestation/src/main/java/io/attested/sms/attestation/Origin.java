package io.attested.sms.attestation;

import io.attested.sms.attestation.pki.PckPlatform;

/** What proving a quote's origin came to, before any collateral is at hand; see {@link QuoteVerifier#verifyOrigin}. */
public sealed interface Origin {
    /**
     * A quoting enclave on a platform of the trusted root signed the quote. Enough to spend something on the quote, such
     * as a request for its platform's collateral; not enough to believe it: the platform may be revoked or outdated, and
     * nothing says that the enclave was Intel's quoting enclave.
     *
     * @param platform whose collateral the quote needs
     * @param tee the kind of TEE
     * @param reportData what the report says the code put there, 64 bytes
     */
    record Proven(PckPlatform platform, Tee tee, ByteString reportData) implements Origin {}

    /** Something did not hold; {@link QuoteVerifier#verify} would refuse the quote too, whatever the collateral. */
    record Refused(Verdict.Rejected rejection) implements Origin {}
}
