/**
 * What an operator accepts of verified evidence.
 *
 * <p>Owns the evidence policy as a value with a JSON form, and its evaluation: every rule with its result, none left out
 * after the first that is broken. Refuses a policy that would accept debug mode, a revoked level, or an outdated platform
 * without a term. Verifies nothing, reads no clock; may call the module's value types and its JSON reader.
 */
@NullMarked
package io.attested.sms.attestation.policy;

import org.jspecify.annotations.NullMarked;
