package io.attested.sms.attestation.pki;

import io.attested.sms.attestation.ByteString;

/**
 * A PCK certificate whose chain ends in the trusted root; whether it was revoked is not known.
 *
 * @param publicKey x‖y of the key that signs the quoting enclave's report, 64 bytes
 * @param platform whose collateral tells more
 */
public record PckOrigin(ByteString publicKey, PckPlatform platform) {}
