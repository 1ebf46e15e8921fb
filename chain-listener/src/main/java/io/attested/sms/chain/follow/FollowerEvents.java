package io.attested.sms.chain.follow;

import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.ChainFailure;

/** What a follower tells metrics and the log. Must not block or throw. */
public interface FollowerEvents {
    /** The head moved on; blocks between the followed head and the one the chain told. */
    void head(BlockRef head, BlockRef settled, long lag);

    /** So many blocks of the followed branch were abandoned. */
    void reorg(long depth, BlockRef abandoned, BlockRef head);

    /** Nothing is granted from now on. */
    void stopped(Standing.Stopped why);

    /** All changes up to the settled block are delivered and the head is followed. */
    void caughtUp(BlockRef settled, BlockRef head);

    /** Changes of owners in these blocks, both included, will not be delivered: their history is not to be had. */
    void gap(long from, long to);

    /** The chain could not be read, or what was read cannot be. */
    void fault(ChainFailure failure);
}
