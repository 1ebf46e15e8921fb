/**
 * Sessions for a Gramine secret provisioning service, iExec contract section 4.5.
 *
 * <p>Owns the session document as JSON. Refuses plain HTTP, which the contract's original uses. May use {@code session} and
 * {@code session.store}.
 */
@NullMarked
package io.attested.sms.session.gramine;

import org.jspecify.annotations.NullMarked;
