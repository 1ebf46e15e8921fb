package io.attested.sms.bench.conformance;

import java.time.Duration;

/**
 * A check and how it ended.
 *
 * @param took including the steps before the judged one
 */
public record Played(Check check, Verdict verdict, Duration took) {}
