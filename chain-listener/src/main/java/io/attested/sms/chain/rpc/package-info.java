/**
 * The chain through one node's JSON-RPC over HTTP.
 *
 * <p>Owns the transport with its limits, the pinning of each read to a block, and the checks hashes allow. Refuses
 * answers that are too large, too late, malformed or contradict themselves, each as a typed failure. Calls the bindings
 * in {@code contracts}.
 */
@NullMarked
package io.attested.sms.chain.rpc;

import org.jspecify.annotations.NullMarked;
