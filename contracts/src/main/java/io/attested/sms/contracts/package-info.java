/**
 * Bindings of the PoCo contracts.
 *
 * <p>Owns the calls the service makes and how their answers decode, and the lenses: creation code, compiled from this
 * module's own Solidity ({@code contracts/solidity}), that walks dependent reads in one call. Refuses to talk to a node: it only
 * encodes and decodes. Calls nothing of ours; only {@code chain-listener} and the tests may call it. The fixtures that
 * deploy the real protocol on a local chain are in this module's test jar.
 */
@NullMarked
package io.attested.sms.contracts;

import org.jspecify.annotations.NullMarked;
