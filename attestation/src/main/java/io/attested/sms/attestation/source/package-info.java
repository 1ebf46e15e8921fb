/**
 * Where collateral comes from: Intel's PCS, a PCCS, AMD's KDS, a folder, a bundle.
 *
 * <p>Owns the way of collateral from a socket or a file into a cache that holds checked collateral only. Refuses to ask
 * anybody for a platform on which no quote was proved to be made, and to let a wrong or older answer replace a good one.
 * May open connections and files, both behind ports; may call the readers, the PKI and the verifier's proof of origin.
 */
@NullMarked
package io.attested.sms.attestation.source;

import org.jspecify.annotations.NullMarked;
