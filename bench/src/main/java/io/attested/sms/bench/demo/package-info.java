/**
 * The whole story on one machine: the real contracts on a local chain, the real SDK, the real service, simulated
 * enclaves.
 *
 * <p>Owns the stage and the order of scenes. Every code it prints was read from an answer of the service or of the boot
 * stage; every refusal stands beside a twin that differs in one thing and is granted.
 */
@NullMarked
package io.attested.sms.bench.demo;

import org.jspecify.annotations.NullMarked;
