/** Tests. */
@NullMarked
package io.attested.sms.bench.conformance.checks;

import org.jspecify.annotations.NullMarked;
