package io.attested.sms.attestation.pki;

import io.attested.sms.attestation.ByteString;
import java.time.Instant;

/**
 * The verified signer of TCB info or QE identity.
 *
 * @param publicKey x‖y, 64 bytes
 * @param expiry the first expiry in its chain
 */
public record TcbSigner(ByteString publicKey, Instant expiry) {}
