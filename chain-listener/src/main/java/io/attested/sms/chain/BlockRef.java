package io.attested.sms.chain;

import java.time.Instant;

/**
 * One block, named so that it cannot be confused with another of the same height.
 *
 * @param number height
 * @param hash hash of the header
 * @param time the header's timestamp, whole seconds; may be ahead of or behind our clock
 */
public record BlockRef(long number, Bytes32 hash, Instant time) {}
