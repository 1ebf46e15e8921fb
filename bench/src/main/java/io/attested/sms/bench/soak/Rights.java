package io.attested.sms.bench.soak;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Dataset;
import io.attested.sms.chain.Task;
import io.attested.sms.chain.TaskFacts;
import java.util.Optional;

/**
 * What gives a right, at the settled block.
 *
 * @param task the task
 * @param appOwner owner of its application
 * @param datasetOwner owner of its dataset, empty when the deal has none
 */
record Rights(Task task, Address appOwner, Optional<Address> datasetOwner) {
    static Rights of(TaskFacts facts) {
        return new Rights(facts.task(), facts.app().owner(), facts.dataset().map(Dataset::owner));
    }
}
