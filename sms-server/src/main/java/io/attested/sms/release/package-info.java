/**
 * The native release: a challenge for a worker's typed request, an envelope for an enclave's evidence.
 *
 * <p>Owns the order of native protocol sections 2 to 4. Refuses to store anything for whoever has shown no valid
 * signatures, and to verify a quote for them. Decides nothing itself: {@code grant} does.
 */
@NullMarked
package io.attested.sms.release;

import org.jspecify.annotations.NullMarked;
