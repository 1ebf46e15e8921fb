/**
 * The port through which the boot stage learns what it runs in and proves it.
 *
 * <p>Owns {@code EvidenceSource} and how adapters are found by name. Refuses to guess: no adapter is chosen unless it is
 * named. Adapters live in packages below, one per technology.
 */
@NullMarked
package io.attested.sms.worker.evidence;

import org.jspecify.annotations.NullMarked;
