package io.attested.sms.attestation.pki;

import io.attested.sms.attestation.ByteString;

/**
 * What a PCK chain under the trusted root says about whose collateral its platform needs.
 *
 * @param fmspc the platform's model, 6 bytes
 * @param authority who issued the PCK certificate
 */
public record PckPlatform(ByteString fmspc, PckAuthority authority) {}
