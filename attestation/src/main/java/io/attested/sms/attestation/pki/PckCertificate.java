package io.attested.sms.attestation.pki;

import io.attested.sms.attestation.ByteString;
import java.time.Instant;

/**
 * A platform's verified PCK certificate.
 *
 * @param publicKey x‖y of the key that signs the quoting enclave's report, 64 bytes
 * @param platform model and security versions of the platform
 * @param expiry the first expiry among chain and revocation lists
 * @param revocations the root's list it was checked against
 */
public record PckCertificate(
        ByteString publicKey, PckExtension platform, Instant expiry, RootRevocations revocations) {}
