/**
 * The log of what the service did, and the one way to change its store.
 *
 * <p>Owns the entries, their canonical bytes, the hash chain and its signed heads. Refuses to acknowledge a change that
 * is not forced to disk together with its entry. Calls nothing of ours; signing comes in as {@code HeadSigner}.
 */
@NullMarked
package io.attested.sms.audit;

import org.jspecify.annotations.NullMarked;
