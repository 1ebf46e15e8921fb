/**
 * Who signed this request.
 *
 * <p>Owns the digests wallets sign (iExec's challenges and authorisations, EIP-191; our typed intents, EIP-712) and the
 * recovery of the signer. Refuses signatures that are not exactly 65 bytes. Calls nothing but the chain's value types:
 * whether the signer has a right is decided elsewhere.
 */
@NullMarked
package io.attested.sms.identity;

import org.jspecify.annotations.NullMarked;
