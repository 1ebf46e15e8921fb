/**
 * Verifies attestation reports of AMD SEV-SNP guests (AMD SEV-SNP firmware ABI specification, 56860; VCEK certificate and
 * KDS interface specification, 57230).
 *
 * <p>Owns the layout of reports, AMD's certificates and their extensions, the pinned AMD root keys and the verifier.
 * Refuses what AMD's PKI does not use. Opens no connection: certificates and revocation list are arguments. May call the
 * module's value types and its strict readers of DER and PEM.
 */
@NullMarked
package io.attested.sms.attestation.amd;

import org.jspecify.annotations.NullMarked;
