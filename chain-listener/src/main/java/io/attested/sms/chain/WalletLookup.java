package io.attested.sms.chain;

/**
 * What became of the question whether a contract wallet approves a signature (ERC-1271).
 *
 * <p>The answer is computed by the wallet's code, so no storage proof shows it: at the trust level of proofs it is what
 * the nodes agree on, and its provenance says so.
 */
public sealed interface WalletLookup {
    /** Longest signature that can be asked about, in bytes. */
    int LONGEST_SIGNATURE = 40_000;

    /** The wallet gave the magic value {@code 0x1626ba7e}. */
    record Approves(Provenance provenance) implements WalletLookup {}

    /** It gave anything else, reverted, or used up the gas it is allowed. */
    record Refuses(Provenance provenance) implements WalletLookup {}

    /** There is no code at this address: only a key can sign for it. */
    record NoContract(Provenance provenance) implements WalletLookup {}

    /** Nothing is known: an outage, not a refusal. */
    record Unavailable(ChainFailure failure) implements WalletLookup {}
}
