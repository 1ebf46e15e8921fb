package io.attested.sms.chain.lens;

import io.attested.sms.chain.BlockRef;

/** What a contract wallet says to a signature at one block (ERC-1271). */
public sealed interface WalletAtBlock {
    /** There is no code at this address: only a key can sign for it. */
    record NoContract(BlockRef block) implements WalletAtBlock {}

    /** {@code isValidSignature} gave the magic value {@code 0x1626ba7e}. */
    record Approves(BlockRef block) implements WalletAtBlock {}

    /** It gave anything else, reverted, used up its three million gas, or does not exist. */
    record Refuses(BlockRef block) implements WalletAtBlock {}
}
