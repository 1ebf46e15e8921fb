/**
 * Who signed this request.
 *
 * <p>Owns the digests wallets sign (iExec's challenges and authorisations, EIP-191; our typed intents, EIP-712) and the
 * recovery of the signer. Refuses signatures of keys that are not exactly 65 bytes; asks the chain for the word of a
 * contract wallet (ERC-1271) when recovery gives somebody else. Whether the signer has a right is decided elsewhere.
 */
@NullMarked
package io.attested.sms.identity;

import org.jspecify.annotations.NullMarked;
