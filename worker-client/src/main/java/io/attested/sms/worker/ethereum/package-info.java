/**
 * Ethereum as far as a wallet needs it: addresses, Keccak-256, signatures and the typed question for a task.
 *
 * <p>Owns deterministic secp256k1 signatures (RFC 6979, low s) over EIP-191 messages and the EIP-712 {@code Ask}. Refuses
 * to sign anything else and to hand out a private key. Opens no connection; calls only the secret type of attestation.
 */
@NullMarked
package io.attested.sms.worker.ethereum;

import org.jspecify.annotations.NullMarked;
