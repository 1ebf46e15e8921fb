package io.attested.sms.chain.checked;

import io.attested.sms.chain.rpc.Purpose;

/**
 * Where the chain stands: by asking the nodes, or by what a follower of heads already knows.
 *
 * <p>Implementations are safe for many threads. How old a block may be is not their part.
 */
public interface Positions {
    /** The settled block by the configured rule, and the head. */
    Position now(Purpose purpose);

    /** The head in both places, for what releases nothing. */
    Position head(Purpose purpose);
}
