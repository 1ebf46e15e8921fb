/**
 * Measures {@code POST /tee/sessions} of the service as an operator runs it: with sessions that name this service, and with
 * sessions that are posted to a CAS over mutual TLS; near to its node and 20 ms away from it.
 *
 * <p>Owns the load and the report. The CAS is a stand-in, the node a local one, and all of them share the machine.
 */
@NullMarked
package io.attested.sms.bench.sessions;

import org.jspecify.annotations.NullMarked;
