package io.attested.sms.chain.follow;

import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.ChainFailure;

/** What a follower tells metrics and the log. Must not block or throw. */
public interface FollowerEvents {
    /** Tells nobody. */
    FollowerEvents NONE = new FollowerEvents() {
        @Override
        public void following(Standing.Following blocks) {}

        @Override
        public void lag(long blocks, BlockRef told) {}

        @Override
        public void reorg(long depth, BlockRef abandoned, BlockRef head) {}

        @Override
        public void stopped(Standing.Stopped why) {}

        @Override
        public void caughtUp(BlockRef settled, BlockRef head) {}

        @Override
        public void gap(long from, long to) {}

        @Override
        public void fault(ChainFailure failure) {}
    };

    /** Told after each step that ends with decisions possible at these blocks. */
    void following(Standing.Following blocks);

    /** The chain's head is this block, so many blocks above the followed one; negative when it went back. */
    void lag(long blocks, BlockRef told);

    /**
     * So many blocks of the followed branch were abandoned; at least so many when a settled one is among them.
     *
     * @param abandoned the head before
     * @param head the head now
     */
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
