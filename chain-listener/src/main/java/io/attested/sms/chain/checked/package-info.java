/**
 * The port answered by several nodes, checked to the configured trust level.
 *
 * <p>Owns what a decision reads and in how few exchanges: the lens at the settled block and at the head in one batch, both
 * pinned by hash, and at the level of proofs one batch more. Refuses a node, a hub or a chain that is not the configured
 * one at start, answers that too few nodes share, facts that are not proven where proofs are asked for, and blocks older
 * than allowed. Remembers no facts. Calls nodes through {@code chain.quorum} alone, except once at start.
 */
@NullMarked
package io.attested.sms.chain.checked;

import org.jspecify.annotations.NullMarked;
