@NullMarked
package io.attested.sms.bench.soak;

import org.jspecify.annotations.NullMarked;
