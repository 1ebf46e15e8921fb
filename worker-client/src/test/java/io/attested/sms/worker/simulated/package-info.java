/**
 * A simulated enclave as an evidence source, for tests and the demonstration only.
 *
 * <p>Owns the provider {@code simulated}, which is on a test class path and in no production jar. Its quotes are judged by
 * the same verifier as real ones; only who trusts the simulated root accepts them. Calls the simulated PKI of attestation.
 */
@NullMarked
package io.attested.sms.worker.simulated;

import org.jspecify.annotations.NullMarked;
