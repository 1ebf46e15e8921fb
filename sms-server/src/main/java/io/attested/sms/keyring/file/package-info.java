/**
 * The root key in a file of its own.
 *
 * <p>Owns the file's format, its permissions and its durability. Refuses a file that anyone but the service could have
 * read or replaced.
 */
@NullMarked
package io.attested.sms.keyring.file;

import org.jspecify.annotations.NullMarked;
