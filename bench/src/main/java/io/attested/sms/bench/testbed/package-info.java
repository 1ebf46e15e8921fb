/**
 * The test scenario: a local chain with everything a conformance run needs, and the file that describes it.
 *
 * <p>Owns {@code ./sms testbed} and the form of {@code scenario.json}. Starts a chain, PoCo and stand-ins of session
 * stores, never the service under test. All keys in it are public: nothing of value may ever be theirs.
 */
@NullMarked
package io.attested.sms.bench.testbed;

import org.jspecify.annotations.NullMarked;
