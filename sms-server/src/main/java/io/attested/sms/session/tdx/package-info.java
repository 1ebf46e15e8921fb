/**
 * Sessions for a storage that trust domains fetch them from, iExec contract section 4.6.
 *
 * <p>Owns the session document as JSON. May use {@code session} and {@code session.store}. What the storage does with a
 * session is out of this service's hands: the contract's worker reads all of it in clear.
 */
@NullMarked
package io.attested.sms.session.tdx;

import org.jspecify.annotations.NullMarked;
