package io.attested.sms.attestation.pki;

/**
 * A PCK CA's verified revocation list.
 *
 * @param authority whose list it is
 * @param validity from thisUpdate to nextUpdate
 */
public record PckList(PckAuthority authority, Validity validity) {}
