/**
 * What an application is: the manifest of its tree, its launch line and the fingerprint parts they give.
 *
 * <p>Owns the canonical bytes of native protocol section 1 and the copy made while hashing. Refuses trees that cannot be
 * measured without ambiguity: links that lead out, special files, names that are not UTF-8 or differ only in
 * normalisation. Calls attestation for the launch binding only.
 */
@NullMarked
package io.attested.sms.worker.app;

import org.jspecify.annotations.NullMarked;
