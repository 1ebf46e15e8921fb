/**
 * The side of the service that its users and its enclaves run: library, command line and boot stage.
 *
 * <p>Owns what is needed to push a secret, to measure an application and to run a task from inside an enclave. Refuses
 * to trust anything a host says: what counts is what evidence, a measured tree or the service key proves. May call the
 * module attestation and nothing else of ours; speaks to the service over HTTP only.
 */
@NullMarked
package io.attested.sms.worker;

import org.jspecify.annotations.NullMarked;
