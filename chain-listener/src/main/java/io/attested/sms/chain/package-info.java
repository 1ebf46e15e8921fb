/**
 * What Ethereum says about a task and about who owns what.
 *
 * <p>Owns the port {@link io.attested.sms.chain.ChainView} and the immutable facts it answers with: rights at one settled
 * block, vetoes at one head. Refuses to guess: a dead node, a revert or a malformed answer is a typed outcome, never a
 * null and never an older answer. Decides nothing about releases. May call the bindings in {@code contracts}; web3j
 * types never leave the adapter below this package.
 */
@NullMarked
package io.attested.sms.chain;

import org.jspecify.annotations.NullMarked;
