package io.attested.sms.attestation;

/**
 * What verifying evidence came to.
 *
 * <p>{@link Verified} says that every signature, chain, list and identity check held at the given instant. It is no
 * permission: a debug enclave on an outdated platform is verified too, and says so in its claims.
 */
public sealed interface Verdict {
    /** Everything held; the claims are true of the enclave. */
    record Verified(EnclaveClaims claims) implements Verdict {}

    /**
     * Something did not hold.
     *
     * @param reason the first check that failed, in the fixed order of {@link QuoteVerifier}
     * @param detail the field, what was expected and what was seen; for an operator's eyes, never secret
     */
    record Rejected(RejectionReason reason, String detail) implements Verdict {}
}
