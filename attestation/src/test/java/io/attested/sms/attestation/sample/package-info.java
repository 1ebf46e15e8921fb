/**
 * The example of the page "How a quote is verified".
 *
 * <p>Owns one class that shows how another program uses the library alone; the page holds the same text.
 */
@NullMarked
package io.attested.sms.attestation.sample;

import org.jspecify.annotations.NullMarked;
