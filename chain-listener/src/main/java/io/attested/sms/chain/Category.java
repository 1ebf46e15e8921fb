package io.attested.sms.chain;

import java.time.Duration;

/**
 * A category of tasks; categories are only ever added.
 *
 * @param id its number
 * @param workClockTimeRef the unit its deadlines are multiples of
 */
public record Category(long id, Duration workClockTimeRef) {}
