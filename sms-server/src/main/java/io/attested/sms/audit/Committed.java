package io.attested.sms.audit;

/**
 * A change that is on disk.
 *
 * @param outcome what the change came to
 * @param head signed head of the log that covers it
 */
public record Committed<T>(T outcome, LogHead head) {}
