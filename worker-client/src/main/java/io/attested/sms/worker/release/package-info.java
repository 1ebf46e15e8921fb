/**
 * The native release as its client sees it: challenge, runtime data, evidence, sealed answer.
 *
 * <p>Owns the wire forms of {@code /v1/service}, {@code /v1/challenges} and {@code /v1/grants} (native protocol sections 2 to
 * 4) and the bytes that evidence binds. Decides nothing: every refusal of the service comes out as a code and a detail.
 * Calls ethereum and json.
 */
@NullMarked
package io.attested.sms.worker.release;

import org.jspecify.annotations.NullMarked;
