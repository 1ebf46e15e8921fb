/**
 * Sessions for a SCONE CAS, iExec contract section 4.4.
 *
 * <p>Owns the session document in SCONE's language and the choice among attestation servers. Refuses values that the
 * language would replace. May use {@code session} and {@code session.store}.
 */
@NullMarked
package io.attested.sms.session.scone;

import org.jspecify.annotations.NullMarked;
