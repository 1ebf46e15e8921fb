package io.attested.sms.attestation.amd;

import io.attested.sms.attestation.ByteString;

/**
 * What AMD publishes for all chips of a product, as received.
 *
 * @param chainPem ASK or ASVK, and ARK, PEM
 * @param revocationList the ARK's list, DER
 */
public record AmdIssuers(String chainPem, ByteString revocationList) {}
