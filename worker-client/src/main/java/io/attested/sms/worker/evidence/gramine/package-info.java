/**
 * Evidence through the pseudo-files that the Gramine library OS shows under {@code /dev/attestation}.
 *
 * <p>Owns the layout of the SGX report as far as the boot stage reads it. It was tested on files of the same shape, not run
 * on SGX hardware.
 */
@NullMarked
package io.attested.sms.worker.evidence.gramine;

import org.jspecify.annotations.NullMarked;
