/**
 * The log in the database, with group commit.
 *
 * <p>Owns the writer thread, its transactions, and the tables {@code log_entries}, {@code log_heads} and
 * {@code redeemed_nonces}.
 */
@NullMarked
package io.attested.sms.audit.jdbc;

import org.jspecify.annotations.NullMarked;
