package io.attested.sms.attestation;

/** What runs in the TEE, as hardware measured it; one form for each kind. */
public sealed interface CodeClaims permits SgxClaims, TdxClaims, SnpClaims {
    /** The kind of TEE. */
    Tee tee();

    /** The one measurement that names the code: MRENCLAVE (32 bytes), MRTD (48) or MEASUREMENT (48). */
    ByteString measurement();
}
