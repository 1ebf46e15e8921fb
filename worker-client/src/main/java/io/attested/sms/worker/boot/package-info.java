/**
 * The boot stage of an enclave: from its own report to a running application, or to one refusal.
 *
 * <p>Owns the order of the steps of native protocol section 1 and everything the application gets to see. Refuses every
 * input of the host that evidence does not cover. Calls app, dataset, evidence and release.
 */
@NullMarked
package io.attested.sms.worker.boot;

import org.jspecify.annotations.NullMarked;
