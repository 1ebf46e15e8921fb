/**
 * The service as others meet it: over HTTP, against the real protocol on a local chain.
 *
 * <p>Owns the fixtures that start chain and service. Signatures and hashes are computed here apart from the code under
 * test; nothing reaches into the service but to read its log and its pool.
 */
@NullMarked
package io.attested.sms.scenario;

import org.jspecify.annotations.NullMarked;
