package io.attested.sms.keyring;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import java.util.Optional;

/** Challenge keys that another service gave to tasks before this one took over; they precede the derived ones. */
public interface ImportedChallengeKeys {
    /** A store without any. */
    ImportedChallengeKeys NONE = task -> Optional.empty();

    /**
     * A key at rest.
     *
     * @param address Ethereum address of the key, part of its associated data
     */
    record Row(Address address, Sealed key) {}

    /** The task's key, if one was imported. Called for each request that names a task: cheap where there is none. */
    Optional<Row> find(Bytes32 chainTaskId);
}
