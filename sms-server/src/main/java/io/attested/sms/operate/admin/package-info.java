/**
 * Backups of the store and what an operator may do with them while the service runs.
 *
 * <p>Owns the backup files, their folders, the lock between operations and the switch that takes the service out of
 * service. Refuses folders outside the configured one and backups that are not whole, not authentic, or not of this store.
 * Calls {@code keyring} to seal; the store's content comes in through the port {@code StoreImage}.
 */
@NullMarked
package io.attested.sms.operate.admin;

import org.jspecify.annotations.NullMarked;
