package io.attested.sms.chain.follow;

import io.attested.sms.chain.Bytes32;
import java.util.Optional;

/** Where the settled block is kept between two runs. A failure is an exception: the follower keeps still and tries again. */
public interface Checkpoints {
    /** Forgotten at the end of the process. */
    static Checkpoints inMemory() {
        return new Checkpoints() {
            private volatile Optional<Checkpoint> last = Optional.empty();

            @Override
            public Optional<Checkpoint> load() {
                return last;
            }

            @Override
            public void save(Checkpoint checkpoint) {
                last = Optional.of(checkpoint);
            }
        };
    }

    /** The one saved last. */
    Optional<Checkpoint> load();

    /** Replaces the one before; called in the order of the chain, after the changes up to it were delivered. */
    void save(Checkpoint checkpoint);

    /** A settled block up to which all changes of owners were delivered. */
    record Checkpoint(long number, Bytes32 hash) {}
}
