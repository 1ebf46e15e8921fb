/**
 * Certificates, chains and revocation lists of Intel's attestation PKI (RFC 5280; Intel SGX PCK Certificate and CRL
 * Profile).
 *
 * <p>Owns strict DER and PEM (for all evidence of the module), the pinned root, the names and constraints of each certificate, and P-256 behind the port
 * {@code P256}. Refuses what PKIX would accept but this PKI does not use. Opens no connection, whatever URL a certificate
 * names.
 */
@NullMarked
package io.attested.sms.attestation.pki;

import org.jspecify.annotations.NullMarked;
