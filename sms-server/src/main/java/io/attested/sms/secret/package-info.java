/**
 * Secrets: who pushed what, whether it may be used, and their values.
 *
 * <p>Owns identity, ownership, versions, quotas and replay state of the four kinds. Refuses second first values, replayed
 * replacements and the use of a former owner's secret. Calls {@code keyring} for every value and {@code audit} for every
 * write; rows come in through the port {@code SecretStore}.
 */
@NullMarked
package io.attested.sms.secret;

import org.jspecify.annotations.NullMarked;
