package io.attested.sms.attestation;

/** Why evidence was not verified. Each constant's text is its cause in one line. */
public enum RejectionReason {
    /** The bytes are no quote or AMD report: a length or a fixed field contradicts the layout, or bytes are missing. */
    MALFORMED_QUOTE,
    /** The quote or report has a version this verifier does not verify. */
    UNSUPPORTED_QUOTE_VERSION,
    /** The attestation key is not ECDSA on P-256; AMD: the report is signed otherwise than by VCEK or VLEK on P-384. */
    UNSUPPORTED_KEY_TYPE,
    /** The quote comes from a kind of TEE this verifier does not verify, or its version does not allow the kind. */
    UNSUPPORTED_TEE_TYPE,
    /** The quoting enclave is not Intel's. */
    UNKNOWN_QE_VENDOR,
    /** The collateral contradicts its format: a member, a length, a date or a status is not what it must be. */
    COLLATERAL_MALFORMED,
    /** A chain ends in another root certificate than the trusted one, or its certificates have foreign names. */
    CERT_CHAIN_UNTRUSTED,
    /** A chain is missing or inconsistent: encoding, issuer, signature, constraints, key usage or PCK extension. */
    CERT_CHAIN_INVALID,
    /** A certificate's notAfter is past. */
    CERT_EXPIRED,
    /** A certificate's notBefore is still to come. */
    CERT_NOT_YET_VALID,
    /** The platform's PCK certificate is in the PCK CA's revocation list. */
    PCK_REVOKED,
    /** The PCK CA's certificate is in the root's revocation list. */
    INTERMEDIATE_REVOKED,
    /** The TCB signer's certificate is in the root's revocation list. */
    TCB_SIGNER_REVOKED,
    /** TCB info or QE identity came with a chain that is not [Intel SGX TCB Signing, root]. */
    TCB_SIGNER_INVALID,
    /** A revocation list is malformed, from the future, of the wrong issuer, or its signature does not hold. */
    CRL_INVALID,
    /** A revocation list's nextUpdate is past. */
    CRL_EXPIRED,
    /** The PCK revocation list is not by the CA that issued the PCK certificate. */
    CRL_ISSUER_MISMATCH,
    /** The TCB info's signature does not hold over the bytes as received. */
    TCB_INFO_SIGNATURE_INVALID,
    /** The TCB info's nextUpdate is past. */
    TCB_INFO_EXPIRED,
    /** The TCB info's issueDate is still to come. */
    TCB_INFO_NOT_YET_VALID,
    /** The TCB info is for another TEE, FMSPC or PCE than the platform's. */
    TCB_INFO_MISMATCH,
    /** The QE identity's signature does not hold over the bytes as received. */
    QE_IDENTITY_SIGNATURE_INVALID,
    /** The QE identity's nextUpdate is past. */
    QE_IDENTITY_EXPIRED,
    /** The QE identity's issueDate is still to come. */
    QE_IDENTITY_NOT_YET_VALID,
    /** The quoting enclave is not the one the QE identity describes. */
    QE_IDENTITY_MISMATCH,
    /** The quoting enclave's report is not signed by the platform's PCK key. */
    QE_REPORT_SIGNATURE_INVALID,
    /** The quoting enclave does not vouch for the attestation key and its authentication data. */
    QE_REPORT_DATA_MISMATCH,
    /** The quote is not signed by its attestation key, or that key is no point of the curve. */
    QUOTE_SIGNATURE_INVALID,
    /** The TDX module is not the one the TCB info describes. */
    TDX_MODULE_MISMATCH,
    /** The platform or its quoting enclave is below every TCB level. */
    TCB_NOT_SUPPORTED,
    /** The matched TCB level of the platform or of its quoting enclave is revoked. */
    TCB_REVOKED,
    /** AMD: the report names another kind of key, TCB version or chip than the certificate that came with it. */
    REPORT_SIGNER_MISMATCH,
    /** AMD: the certificate of the key that signs reports is in the root's revocation list. */
    REPORT_SIGNER_REVOKED,
    /** AMD: the report is not signed by the certificate's key, or that key is no point of the curve. */
    REPORT_SIGNATURE_INVALID,
    /** RA-TLS: the certificate is not one with exactly one readable piece of evidence in it. */
    RATLS_CERTIFICATE_INVALID,
    /** RA-TLS: the certificate is not signed by its own key, or its evidence names another key. */
    RATLS_KEY_NOT_BOUND
}
