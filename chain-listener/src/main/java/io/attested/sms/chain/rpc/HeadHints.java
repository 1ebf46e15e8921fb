package io.attested.sms.chain.rpc;

import io.attested.sms.chain.Bytes32;

/**
 * Who wants to know that a node speaks of a new head.
 *
 * <p>A hint is what a node says over a socket, unverified: a reason to ask now, never an answer. Called on the
 * subscription's thread, one call at a time; must not block for long.
 */
public interface HeadHints {
    /** The node says its head is now this block. */
    void head(String node, long number, Bytes32 hash);

    /** Heads are subscribed to. */
    void subscribed(String node);

    /** The subscription ended; it is tried again by itself. */
    void lost(String node, String why);
}
