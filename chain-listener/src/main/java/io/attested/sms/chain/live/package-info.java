/**
 * The chain as decisions see it: answered from what the follower knows, asked for only where it knows nothing.
 *
 * <p>Owns the union of {@code chain.follow} and {@code chain.checked}: which blocks a decision reads, what is read when
 * memory lacks it, and the one more look at the head before a task or an owner is called unknown. Refuses to serve anything
 * while the follower stands still. Calls nodes through {@code chain.checked} and its quorum alone; decides nothing.
 */
@NullMarked
package io.attested.sms.chain.live;

import org.jspecify.annotations.NullMarked;
