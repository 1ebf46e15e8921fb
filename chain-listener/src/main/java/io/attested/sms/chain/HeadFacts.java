package io.attested.sms.chain;

import java.time.Instant;
import java.util.Optional;

/**
 * What the head says of the things that can take a right away.
 *
 * @param status the task's status at the head
 * @param contributionDeadline the task's deadline at the head, whole seconds
 * @param appOwner owner of the application at the head
 * @param datasetOwner owner of the dataset at the head, empty when the deal has no dataset
 */
public record HeadFacts(
        TaskStatus status, Instant contributionDeadline, Address appOwner, Optional<Address> datasetOwner) {}
