/**
 * Which store this is, and whether the service may run on it.
 *
 * <p>Owns the stamp of realm, chain, hub and trust root. Refuses a store of another realm, chain, hub or trust root. The
 * adapter {@code jdbc} opens the database and puts keyring and log on it.
 */
@NullMarked
package io.attested.sms.operate.store;

import org.jspecify.annotations.NullMarked;
