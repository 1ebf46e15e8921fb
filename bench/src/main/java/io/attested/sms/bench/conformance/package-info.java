/**
 * The conformance kit's engine: what a check is, how it talks to a service, and how its outcome is judged.
 *
 * <p>Owns the HTTP client that can send what clients should not, the actors that sign, and the verdicts. The checks are in
 * {@code checks} and below, their presentation in {@code report}; neither is known here. Refuses to know anything of the
 * service under test but its address: whatever speaks HTTP can be checked. May use the local chain's wallets.
 */
@NullMarked
package io.attested.sms.bench.conformance;

import org.jspecify.annotations.NullMarked;
