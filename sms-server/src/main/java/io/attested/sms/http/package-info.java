/**
 * The edge all HTTP features share: caps on bodies, strict JSON, one translation of errors.
 *
 * <p>Owns how a failure looks to a client. Refuses bodies over their cap before reading them. Knows no feature.
 */
@NullMarked
package io.attested.sms.http;

import org.jspecify.annotations.NullMarked;
