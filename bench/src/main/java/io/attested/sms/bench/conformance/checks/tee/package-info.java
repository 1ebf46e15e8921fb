/**
 * The checks of {@code /tee}: framework, properties, challenges, sessions and what session stores receive, contract sections
 * 1.4, 2 and 4.
 *
 * <p>Owns the tokens of each stage as the contract lists them, computed from the scenario and never from an answer. Needs
 * the test scenario; checks of what was posted need its stores. May call the engine and read the scenario.
 */
@NullMarked
package io.attested.sms.bench.conformance.checks.tee;

import org.jspecify.annotations.NullMarked;
