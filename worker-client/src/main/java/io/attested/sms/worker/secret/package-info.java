/**
 * Pushes secrets to the service and asks whether they are there, with the challenges iExec clients sign.
 *
 * <p>Owns the four kinds of secret as their owner addresses them and the reading of every status as a typed outcome. Never
 * reads a secret back: the service has no such answer. Calls ethereum for signatures.
 */
@NullMarked
package io.attested.sms.worker.secret;

import org.jspecify.annotations.NullMarked;
