/**
 * The keys of the service and everything sealed under them.
 *
 * <p>Owns the key hierarchy (root key, wrapped records, one data key for each secret), the service key and the per-task
 * challenge keys. Refuses records that were altered, moved or come from another realm, chain or hub. Calls
 * {@code attestation.seal} and signs for {@code audit} as its {@code HeadSigner}; the root key and the wrapped records
 * come in through the ports {@code RootKeySource} and {@code WrappedKeys}.
 */
@NullMarked
package io.attested.sms.keyring;

import org.jspecify.annotations.NullMarked;
