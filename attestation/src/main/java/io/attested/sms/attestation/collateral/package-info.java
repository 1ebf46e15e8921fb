/**
 * Intel's collateral as bytes: TCB info, QE identity, issuer chains, revocation lists.
 *
 * <p>Owns the JSON object in which collateral travels. Keeps every signed part byte for byte as received. Refuses unknown
 * and duplicate members and oversized input; believes nothing it read. May call the module's value types only.
 */
@NullMarked
package io.attested.sms.attestation.collateral;

import org.jspecify.annotations.NullMarked;
