package io.attested.sms.chain;

import java.time.Instant;

/**
 * A task as the hub's {@code viewTaskABILegacy} gives it at the settled block.
 *
 * <p>Guaranteed: {@code id = keccak256(dealId ‖ uint256 index)}, recomputed by the reader.
 *
 * @param id chain task id
 * @param status at the settled block; the head's is in {@link HeadFacts}
 * @param dealId the deal it belongs to
 * @param index number of the task in the deal's order
 * @param contributionDeadline last instant at which a contribution is accepted, whole seconds
 * @param finalDeadline instant after which anyone may claim the task as failed, whole seconds
 */
public record Task(
        Bytes32 id,
        TaskStatus status,
        Bytes32 dealId,
        long index,
        Instant contributionDeadline,
        Instant finalDeadline) {}
