package io.attested.sms.chain.lens;

import io.attested.sms.chain.BlockRef;

/** What the chain says of a deal at one block. */
public sealed interface DealAtBlock {
    /** Deal and assets are known. */
    record Known(BlockRef block, DealFacts facts) implements DealAtBlock {}

    /** The hub knows no such deal at this block. */
    record Unknown(BlockRef block) implements DealAtBlock {}

    /** The deal is a boosted one. */
    record Boosted(BlockRef block, BoostedDeal deal) implements DealAtBlock {}

    /** The texts of this deal are too long for a lens; the calls of {@link LongTexts} read them. */
    record TooLong(BlockRef block, LongTexts<DealAtBlock> texts) implements DealAtBlock {}
}
