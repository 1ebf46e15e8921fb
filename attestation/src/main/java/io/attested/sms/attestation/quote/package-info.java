/**
 * Reads the bytes of an Intel DCAP quote of version 3, 4 or 5.
 *
 * <p>Owns the layout: header, report, signature data, certification data (Intel SGX ECDSA QuoteLibReference, appendix
 * A). Refuses wrong lengths and unknown kinds before it allocates; checks no signature. May call the module's value
 * types only.
 */
@NullMarked
package io.attested.sms.attestation.quote;

import org.jspecify.annotations.NullMarked;
