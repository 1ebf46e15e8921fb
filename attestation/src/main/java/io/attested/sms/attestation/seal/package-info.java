/**
 * Seals secrets to a key that evidence names, and signs as the service.
 *
 * <p>Owns the only type that holds secret bytes ({@code SecretBytes}), HPKE behind the ports {@code EnvelopeSealer} and
 * {@code EnvelopeOpener}, and the service key's signature. Refuses to say why an envelope did not open.
 */
@NullMarked
package io.attested.sms.attestation.seal;

import org.jspecify.annotations.NullMarked;
