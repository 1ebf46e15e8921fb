package io.attested.sms.chain.checked;

import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.rpc.BlockHeader;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** How old a block may be: whoever withholds blocks hides what takes rights away. */
record Freshness(Optional<Duration> headAge, Optional<Duration> settledAge, InstantSource clock) {
    void check(Position.Known at) throws Unread {
        check("the head", at.head(), headAge);
        if (!at.single()) {
            check("the settled block", at.settled(), settledAge);
        }
    }

    private void check(String what, BlockHeader block, Optional<Duration> age) throws Unread {
        if (age.isPresent() && block.time().isBefore(clock.instant().minus(age.get()))) {
            throw Unread.of(
                    Kind.STALE_HEAD,
                    what + ", block " + block.number() + ", is of " + block.time() + ", older than the "
                            + age.get().toSeconds()
                            + " s allowed; do the nodes follow the chain, and is the clock right?");
        }
    }
}
