/** Tests of the measurement of sessions. */
@NullMarked
package io.attested.sms.bench.sessions;

import org.jspecify.annotations.NullMarked;
