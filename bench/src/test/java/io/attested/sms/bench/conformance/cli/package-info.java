/** Tests. */
@NullMarked
package io.attested.sms.bench.conformance.cli;

import org.jspecify.annotations.NullMarked;
