/**
 * How fast the chain is followed: catching up from a checkpoint, and taking over new blocks.
 *
 * <p>Owns a made-up chain whose headers, filters and events are true to one another, the process that serves it over HTTP,
 * and the measurement. What the hub says comes from a real one on a local chain.
 */
@NullMarked
package io.attested.sms.bench.follow;

import org.jspecify.annotations.NullMarked;
