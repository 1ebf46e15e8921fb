/**
 * Third parties on real sockets: where sessions are posted and where bulk lists are read, for tests of this module and of
 * others.
 *
 * <p>Owns small HTTP servers that record what they receive, refuse every form but the one the iExec contract describes, and
 * misbehave on demand. Knows nothing of the service and of no framework, so that other modules can use it; made for tests
 * and measurements on the loopback address, not for anything that holds a real secret.
 */
@NullMarked
package io.attested.sms.standin;

import org.jspecify.annotations.NullMarked;
