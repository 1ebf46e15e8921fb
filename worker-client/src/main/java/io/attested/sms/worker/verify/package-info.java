/**
 * Shows evidence, verifies it, and compares the verifier with recorded outcomes.
 *
 * <p>Owns the names under which fields are shown and the layout of a vector's folder. Decides nothing: verdicts are the
 * library's, rules the evidence policy's. What was expected is out of reach of what judges. May call the attestation
 * library and this module's JSON; opens no connection.
 */
@NullMarked
package io.attested.sms.worker.verify;

import org.jspecify.annotations.NullMarked;
