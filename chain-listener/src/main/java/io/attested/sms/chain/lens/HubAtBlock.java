package io.attested.sms.chain.lens;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import java.util.List;

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
     * @param registries where it keeps its assets now
     */
    record Poco(
            BlockRef block, Bytes32 codeHash, Generation generation, Money money, boolean boosts, Registries registries)
            implements HubAtBlock {}

    /**
     * Something else.
     *
     * @param block the block
     * @param why what was expected and is not there, for a person
     */
    record NotPoco(BlockRef block, String why) implements HubAtBlock {}

    /** The registries the hub names now; each may have replaced another. */
    record Registries(Address app, Address dataset, Address workerpool) {
        /** Of apps, datasets and workerpools, in this order. */
        public List<Address> all() {
            return List.of(app, dataset, workerpool);
        }
    }

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
