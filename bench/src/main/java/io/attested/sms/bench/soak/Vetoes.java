package io.attested.sms.bench.soak;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.HeadFacts;
import io.attested.sms.chain.TaskStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * What can take a right away, at the head.
 *
 * @param status of the task
 * @param contributionDeadline of the task
 * @param appOwner owner of its application
 * @param datasetOwner owner of its dataset, empty when the deal has none
 */
record Vetoes(TaskStatus status, Instant contributionDeadline, Address appOwner, Optional<Address> datasetOwner) {
    static Vetoes of(HeadFacts facts) {
        return new Vetoes(facts.status(), facts.contributionDeadline(), facts.appOwner(), facts.datasetOwner());
    }
}
