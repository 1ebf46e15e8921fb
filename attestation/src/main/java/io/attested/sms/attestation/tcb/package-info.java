/**
 * What Intel says of platforms and quoting enclaves: TCB info and QE identity, and the status that follows from them.
 *
 * <p>Owns their JSON (Intel PCS API v4; TCB info versions 2 and 3) and the evaluation. Must be given bytes whose
 * signature was verified. Refuses statuses and versions it does not know. Has no opinion on which status is acceptable.
 */
@NullMarked
package io.attested.sms.attestation.tcb;

import org.jspecify.annotations.NullMarked;
