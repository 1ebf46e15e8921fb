package io.attested.sms.operate.legacy;

import io.attested.sms.chain.Bytes32;
import io.attested.sms.secret.Push;
import io.attested.sms.secret.SecretId;

/** The store that takes over. Each write is durable, with its entry in the log, when it returns; safe for many threads. */
public interface ImportTarget {
    /** Whether there is, or once was, such a secret of whatever owner. */
    boolean holds(SecretId id);

    /** Whether a key of the task was taken over before. */
    boolean holdsChallengeKey(Bytes32 chainTaskId);

    /** Takes a secret over; false when there is one. The value stays the caller's. */
    boolean take(Push push);

    /** Takes a challenge key over; false when there is one. */
    boolean take(Candidate.Challenge challenge);
}
