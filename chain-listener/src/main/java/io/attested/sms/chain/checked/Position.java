package io.attested.sms.chain.checked;

import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.rpc.BlockHeader;

/** The two blocks that a decision reads now. */
public sealed interface Position {
    /**
     * Both are known, on one branch, their hashes recomputed and agreed on by as many nodes as the settings ask for.
     *
     * @param settled where rights are read
     * @param head where vetoes are read; the same for what releases nothing
     */
    record Known(BlockHeader settled, BlockHeader head) implements Position {
        /** Whether both are one block. */
        public boolean single() {
            return settled.hash().equals(head.hash());
        }
    }

    /** They are not known now. */
    record Unknown(ChainFailure failure) implements Position {}
}
