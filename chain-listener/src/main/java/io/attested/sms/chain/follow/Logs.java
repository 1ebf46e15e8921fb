package io.attested.sms.chain.follow;

import io.attested.sms.chain.rpc.BlockHeader;
import io.attested.sms.chain.rpc.Log;
import io.attested.sms.chain.rpc.LogFilter;
import java.util.List;

/**
 * The events of the chain, in its order. Implementations bound the wait and answer an outage as {@link Reading.Failed}
 * and a refused range as {@link Reading.TooMuch}, never with an exception.
 */
public interface Logs {
    /** Events of the blocks from {@code from} to {@code to}, both included, on the branch the chain follows now. */
    Reading<List<Log>> range(LogFilter filter, long from, long to);

    /** Events of one block, asked for by its hash (EIP-234). */
    Reading<List<Log>> block(LogFilter filter, BlockHeader block);
}
