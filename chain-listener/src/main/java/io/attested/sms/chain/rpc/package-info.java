/**
 * The chain through one node's JSON-RPC over HTTP, and hints of its heads over WebSocket.
 *
 * <p>Owns the transport with its limits and pace, the pinning of each read to a block, headers and logs, and the checks
 * hashes allow. Refuses answers that are too large, too late, malformed or contradict themselves, each as a typed
 * failure. Calls the bindings in {@code contracts}. Readers of other packages bring their questions as a
 * {@link io.attested.sms.chain.rpc.RoundTrip}.
 */
@NullMarked
package io.attested.sms.chain.rpc;

import org.jspecify.annotations.NullMarked;
