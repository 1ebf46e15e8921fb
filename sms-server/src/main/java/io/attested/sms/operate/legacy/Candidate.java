package io.attested.sms.operate.legacy;

import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.secret.Push;
import java.time.Instant;
import java.util.Optional;

/** A row of the original's after everything was decided that can be decided before it is written. */
public sealed interface Candidate extends AutoCloseable {
    ImportKind kind();

    /** Wipes the value. */
    @Override
    default void close() {}

    /** A secret to take over, as its owner would have pushed it. */
    record Secret(ImportKind kind, Push push) implements Candidate {
        @Override
        public void close() {
            push.value().close();
        }
    }

    /**
     * A challenge key to take over.
     *
     * @param address of the key, computed here
     */
    record Challenge(Bytes32 chainTaskId, SecretBytes privateKey, Address address, Optional<Instant> deadline)
            implements Candidate {
        @Override
        public ImportKind kind() {
            return ImportKind.CHALLENGE;
        }

        @Override
        public void close() {
            privateKey.close();
        }
    }

    /** A row that stays where it is. */
    record Skipped(ImportKind kind, SkipReason reason) implements Candidate {}
}
