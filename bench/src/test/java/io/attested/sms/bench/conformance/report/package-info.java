/** Tests. */
@NullMarked
package io.attested.sms.bench.conformance.report;

import org.jspecify.annotations.NullMarked;
