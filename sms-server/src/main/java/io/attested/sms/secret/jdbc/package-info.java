/**
 * Secrets in the database. Owns the tables {@code secrets}, {@code owners_seen} and {@code accepted_challenges}; sees no
 * value in clear.
 */
@NullMarked
package io.attested.sms.secret.jdbc;

import org.jspecify.annotations.NullMarked;
