/**
 * Nodes for tests: a JSON-RPC server that tells the truth of another one, except where a test tells it to misbehave.
 *
 * <p>Owns real sockets, HTTP and WebSocket; hashes and encodings are written apart from the readers under test. Used by
 * the tests of other modules through this module's test-jar.
 */
@NullMarked
package io.attested.sms.chain.testbed;

import org.jspecify.annotations.NullMarked;
