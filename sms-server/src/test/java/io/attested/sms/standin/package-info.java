/**
 * Stand-ins with real sockets for the parties a session is posted to.
 *
 * <p>Owns small HTTP servers that record what they receive, refuse every form but the one the iExec contract describes, and
 * misbehave on demand. Knows nothing of the service and of no framework, so that other modules can use it; made for tests
 * and measurements on the loopback address, not for anything that holds a real secret.
 */
@NullMarked
package io.attested.sms.standin;

import org.jspecify.annotations.NullMarked;
