/**
 * The one decision: may this task's secrets be released, and which?
 *
 * <p>Owns the rules and their codes. A pure function of the chain's facts, the verdict on the evidence, what the vault
 * holds and the time: no I/O, no framework, no clock of its own. HTTP, command line and log are shells around it.
 */
@NullMarked
package io.attested.sms.grant;

import org.jspecify.annotations.NullMarked;
