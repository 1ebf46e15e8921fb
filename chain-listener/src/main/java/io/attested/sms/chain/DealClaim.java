package io.attested.sms.chain;

/**
 * Where a task belongs, as somebody who asks about it says; nothing is taken from it unless it hashes to the task's id.
 *
 * @param dealId deal id
 * @param index number of the task in the deal's order, at least 0
 */
public record DealClaim(Bytes32 dealId, long index) {}
