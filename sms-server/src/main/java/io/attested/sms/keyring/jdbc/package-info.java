/**
 * The wrapped records of the key hierarchy in the database. Owns the table {@code wrapped_keys}; sees no key in clear.
 */
@NullMarked
package io.attested.sms.keyring.jdbc;

import org.jspecify.annotations.NullMarked;
