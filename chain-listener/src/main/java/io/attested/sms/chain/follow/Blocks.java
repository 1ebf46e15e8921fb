package io.attested.sms.chain.follow;

import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.SettlementRule;
import io.attested.sms.chain.rpc.BlockHeader;
import java.util.List;

/**
 * The headers of the chain.
 *
 * <p>Implementations recompute each header's hash, bound the wait, and answer an outage as {@link Reading.Failed}, never
 * with an exception. They need not check that headers follow one another: the follower does.
 */
public interface Blocks {
    /** The newest block. */
    Reading<BlockHeader> head();

    /** The newest block of this name. */
    Reading<BlockHeader> tagged(SettlementRule.Name name);

    /** The block of this height on the branch that the chain follows now. */
    Reading<BlockHeader> header(long number);

    /** The block of this hash, on whatever branch. */
    Reading<BlockHeader> header(Bytes32 hash);

    /**
     * Blocks of successive heights, the lowest first, exactly {@code count}.
     *
     * @param from height of the first
     * @param count 1 to {@link FollowSettings#MOST_HEADERS}
     */
    Reading<List<BlockHeader>> headers(long from, int count);
}
