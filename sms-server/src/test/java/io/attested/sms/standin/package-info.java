/**
 * Third parties on real sockets, for tests of this module and of others.
 *
 * <p>Each holds what a test gives it, tells what it was asked and misbehaves when told to. Knows nothing of the service.
 */
@NullMarked
package io.attested.sms.standin;

import org.jspecify.annotations.NullMarked;
