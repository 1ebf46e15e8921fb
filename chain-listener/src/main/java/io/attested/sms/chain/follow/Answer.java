package io.attested.sms.chain.follow;

import io.attested.sms.chain.BlockRef;

/** What memory says of one value at one block. */
public sealed interface Answer<T> {
    /** The value at this block. */
    record Known<T>(T value, BlockRef block) implements Answer<T> {}

    /** Not remembered: read it at this block, pinned by hash, tell {@link FollowedFacts} and ask again. */
    record Miss<T>(BlockRef block) implements Answer<T> {}

    /** Nothing may be granted now. */
    record Stopped<T>(Standing.Stopped why) implements Answer<T> {}
}
