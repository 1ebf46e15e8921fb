package io.attested.sms.chain;

/** What became of the question who owns an asset. */
public sealed interface OwnerLookup {
    /** The asset's {@code owner()} at the head; never the zero address. */
    record Owner(Address owner, Provenance provenance) implements OwnerLookup {}

    /** No contract there, it has no {@code owner()}, it reverts, or the zero address owns it; by proofs, none of the
     *  hub's registries knows it. */
    record NoOwner(Provenance provenance) implements OwnerLookup {}

    /** Nothing is known: an outage, not a refusal. */
    record Unavailable(ChainFailure failure) implements OwnerLookup {}
}
