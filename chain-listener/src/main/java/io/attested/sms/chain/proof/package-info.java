/**
 * What the chain says, proven against a block's state root instead of believed.
 *
 * <p>Owns the strict reading of RLP, Merkle-Patricia proofs and {@code eth_getProof} answers, and where PoCo keeps its
 * values in storage. Refuses anything that is not canonical, surplus or too large, and every fact that the proven words
 * do not spell out. Talks to no node and trusts no state root by itself: that it belongs to a header whose hash several
 * nodes agree on is the caller's part. May call {@link io.attested.sms.chain} and web3j's Keccak, nothing else of ours.
 *
 * <p><b>Code.</b> Storage is read here directly, so no contract code runs and none has to be believed for the values. What
 * the values mean still depends on the code that wrote them. The hub is a diamond (EIP-2535): the hash of its code, checked
 * at start, covers the dispatcher alone; the functions are in facets, and which facet serves a function is a value in the
 * hub's storage that the hub's owner may change. {@link io.attested.sms.chain.proof.Fact.FacetFact} proves that mapping and
 * {@link io.attested.sms.chain.proof.Fact.CodeFact} the code of a facet, a registry or an asset. An upgrade that moves the
 * storage is not noticed as such: the old places keep proving what they hold.
 */
@NullMarked
package io.attested.sms.chain.proof;

import org.jspecify.annotations.NullMarked;
