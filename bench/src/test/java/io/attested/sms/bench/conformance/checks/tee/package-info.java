@NullMarked
package io.attested.sms.bench.conformance.checks.tee;

import org.jspecify.annotations.NullMarked;
