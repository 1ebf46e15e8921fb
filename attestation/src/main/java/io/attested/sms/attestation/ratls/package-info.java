/**
 * Reads RA-TLS certificates: an X.509 certificate whose key a quote inside it vouches for.
 *
 * <p>Owns three forms (Gramine's standard and legacy form, Intel's legacy form), each with its own binding, and says which
 * quote to verify and which REPORTDATA it must have. Verifies no quote and looks at no date: such certificates are
 * self-made, and their dates mean nothing. May call the module's value types and its strict readers of DER and PEM.
 *
 * <p>The CBOR (RFC 8949) of the standard form is read by 90 lines of ours: it takes a tag, two arrays, a map of at most
 * two known keys and byte strings, while a general library brings a dependency, an object model, leniency (indefinite
 * lengths, longer forms of numbers, repeated keys) and limits of its own to be switched off.
 */
@NullMarked
package io.attested.sms.attestation.ratls;

import org.jspecify.annotations.NullMarked;
