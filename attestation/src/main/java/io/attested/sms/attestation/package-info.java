/**
 * Verifies what an enclave says of itself.
 *
 * <p>Owns the way from the bytes of a quote to a {@code Verdict}: verified claims, or one typed rejection. Refuses
 * everything it cannot prove; has no opinion on policy. Calls nothing of ours, opens no connection, reads no clock: the
 * instant, the trust anchor and the collateral are arguments.
 */
@NullMarked
package io.attested.sms.attestation;

import org.jspecify.annotations.NullMarked;
