package io.attested.sms.bench.soak;

import io.attested.sms.chain.TaskStatus;
import java.time.Instant;

/** What the rule of the service says of a task, as far as it is about the chain. */
enum Verdict {
    /** Nothing on the chain stands against a release. */
    GRANTED,
    /** Not active at the settled block or at the head. */
    NOT_ACTIVE,
    /** Nobody can contribute any more. */
    DEADLINE_PASSED,
    /** An asset was sold since the settled block: neither owner's secrets are released. */
    OWNER_CHANGED,
    /** The head knows the task, the settled block does not. */
    NOT_SETTLED,
    /** The head does not know the task. */
    UNKNOWN;

    static Verdict of(Rights rights, Vetoes vetoes, Instant headTime, Instant now) {
        if (rights.task().status() != TaskStatus.ACTIVE || vetoes.status() != TaskStatus.ACTIVE) {
            return NOT_ACTIVE;
        }
        Instant deadline = rights.task().contributionDeadline();
        if (!deadline.isAfter(headTime) || !deadline.isAfter(now)) {
            return DEADLINE_PASSED;
        }
        boolean sameOwners = rights.appOwner().equals(vetoes.appOwner())
                && rights.datasetOwner().equals(vetoes.datasetOwner());
        return sameOwners ? GRANTED : OWNER_CHANGED;
    }
}
