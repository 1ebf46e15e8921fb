/** Tests. */
@NullMarked
package io.attested.sms.bench.conformance;

import org.jspecify.annotations.NullMarked;
