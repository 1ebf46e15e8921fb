package io.attested.sms.audit;

import io.attested.sms.chain.Bytes32;

/**
 * An entry in its place.
 *
 * @param sequence 1 for the first
 * @param hash hash of the chain after it
 */
public record LogEntry(long sequence, AuditEntry entry, Bytes32 hash) {}
