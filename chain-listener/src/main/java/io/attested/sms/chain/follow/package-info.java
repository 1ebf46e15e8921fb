/**
 * The chain as it moves: which block is the head, which is settled, and what was read and still counts.
 *
 * <p>Owns the followed branch from the settled block to the head, each block linked to the next by its parent's hash;
 * reorganisations; the facts in memory and their invalidation; freshness against the clock; catching up from a
 * checkpoint. Refuses, as a typed standing, to serve anything while a settled block was abandoned, the head or the
 * settled block is too old, or the chain tells a block of the future. Talks to nodes only through its ports
 * ({@link io.attested.sms.chain.follow.Blocks}, {@link io.attested.sms.chain.follow.Logs}); decides nothing.
 *
 * <h2>Why an event cannot be hidden without lying about a header</h2>
 *
 * <p>A value read at block b counts at block X when no block between them may hold an event that touches it. What may be
 * held is told by the 2048-bit filter in each block's header, in which the address and topics of every event set their
 * bits. The header's hash covers the filter and is recomputed, the next block names that hash, and so on to the head. A
 * node that keeps an event to itself still has to show the filter with the event's bits, and the value is read again;
 * to hide it, it would need another filter, hence another hash, hence another chain than the one other nodes agree on.
 * So the events that count are those the node tells, each of which must be in its block's filter (or the node is at
 * fault and the block is not followed), together with all hits of the filter: that is, all hits. A false hit costs one
 * more reading: with 200 addresses and topics in a block, a word that is not among them hits once in sixty. For the
 * event that tells a change of the hub's code such a hit makes everything of the hub be read again.
 *
 * <p>What remains: a header itself is only as good as those who vouch for it, one node at the lowest level of trust; and
 * while catching up over old blocks, changes of owners are taken from the events alone, because nothing is remembered
 * yet that they could falsify.
 *
 * <h2>What changes, and what is read once</h2>
 *
 * <ul>
 *   <li>Tasks: every change is an event of the hub with the task's id as first topic. Only the end of a boosted task is
 *       not; a task that the chain does not know is therefore never remembered as such, except below a block that knows
 *       it.
 *   <li>Owners of registered assets: an ERC-721 transfer, at mint too. Owners of anything else are not remembered.
 *   <li>Orders of datasets: matched or closed. These events carry the order in their data, so any of them touches all.
 *   <li>Deals: written once at the match, under an id that no second match can have on one branch (PoCo 5 and later).
 *   <li>Applications and datasets: all fields but the owner are set by {@code initialize}, which refuses a second call.
 *   <li>Categories: only appended.
 * </ul>
 *
 * <p>The last three are forgotten as well when they were read above a fork, and after a change of the hub's code.
 */
@NullMarked
package io.attested.sms.chain.follow;

import org.jspecify.annotations.NullMarked;
