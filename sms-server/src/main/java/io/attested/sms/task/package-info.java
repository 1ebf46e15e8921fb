/**
 * What the chain says about a task, in the service's words.
 *
 * <p>Owns the reading of tags, deal parameters, enclave configurations and fingerprints. Refuses forms it does not know
 * instead of guessing. Reads the chain through the port of {@code chain-listener} only and decides nothing.
 */
@NullMarked
package io.attested.sms.task;

import org.jspecify.annotations.NullMarked;
