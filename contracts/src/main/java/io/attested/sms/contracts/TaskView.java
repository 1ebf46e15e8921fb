package io.attested.sms.contracts;

import java.math.BigInteger;

/**
 * The members of {@code viewTaskABILegacy} that the service reads, in the contract's units (seconds).
 *
 * @param status 0 to 4 on an honest chain
 * @param dealId 32 bytes
 * @param index number of the task in the deal's order
 * @param contributionDeadline Unix seconds
 * @param finalDeadline Unix seconds
 */
public record TaskView(
        BigInteger status,
        byte[] dealId,
        BigInteger index,
        BigInteger contributionDeadline,
        BigInteger finalDeadline) {}
