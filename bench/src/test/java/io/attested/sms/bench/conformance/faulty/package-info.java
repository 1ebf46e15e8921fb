/**
 * A server with faults that can be switched on, one at a time: a reverse proxy on real sockets that changes requests or
 * answers of a faultless one.
 *
 * <p>Shows of the conformance kit that each fault fails a check, and that the proxy without a fault fails none.
 */
@NullMarked
package io.attested.sms.bench.conformance.faulty;

import org.jspecify.annotations.NullMarked;
