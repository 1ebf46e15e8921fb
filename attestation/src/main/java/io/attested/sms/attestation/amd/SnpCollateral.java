package io.attested.sms.attestation.amd;

import io.attested.sms.attestation.ByteString;
import java.util.Optional;

/**
 * What comes beside a report, as received; wholly verified by {@link SnpVerifier}.
 *
 * @param signer certificate of the key that signed the report (VCEK or VLEK), DER
 * @param chainPem ASK or ASVK, and ARK, in any order, canonical PEM with lines ended by LF or CR LF; with both ASK and ASVK the one that issued the
 *     signer is used
 * @param revocationList the ARK's list, DER; without it nothing is known about revocation, and the claims say so
 */
public record SnpCollateral(ByteString signer, String chainPem, Optional<ByteString> revocationList) {}
