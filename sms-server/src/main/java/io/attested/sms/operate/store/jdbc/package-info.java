/**
 * The store on a disk: the embedded database, its schema, and what must hold before the service may run on it.
 *
 * <p>Owns the order of creation and opening (stamp, root key, keyring, log) and the tables {@code store_stamp} and
 * {@code measurements_seen}. Calls {@code keyring} and {@code audit}.
 */
@NullMarked
package io.attested.sms.operate.store.jdbc;

import org.jspecify.annotations.NullMarked;
