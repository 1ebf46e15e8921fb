package io.attested.sms.chain.lens;

import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;

/** What the address of the hub turned out to be at one block. */
public sealed interface HubAtBlock {
    /**
     * A hub of a version that is read here.
     *
     * @param block the block
     * @param codeHash keccak256 of its code
     * @param generation by the functions it has
     * @param money what deals are paid in
     * @param boosts whether it tells of boosted deals
     */
    record Poco(BlockRef block, Bytes32 codeHash, Generation generation, Money money, boolean boosts)
            implements HubAtBlock {}

    /**
     * Something else.
     *
     * @param block the block
     * @param why what was expected and is not there, for a person
     */
    record NotPoco(BlockRef block, String why) implements HubAtBlock {}

    /** Versions of PoCo that a reader must tell apart. 6.1 and 6.2 have the same functions. */
    enum Generation {
        /** Before 6: assets are read by their own getters. */
        BEFORE_6,
        /** 6.0: {@code viewApp} and {@code viewDataset}. */
        V6_0,
        /** 6.1 and 6.2: {@code assertDatasetDealCompatibility} too. */
        V6_1_OR_6_2
    }

    /** What deals are paid in. */
    enum Money {
        /** The ERC-20 token RLC. */
        TOKEN,
        /** The chain's own currency. */
        NATIVE
    }
}
