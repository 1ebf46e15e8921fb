@NullMarked
package io.attested.sms.bench.testbed;

import org.jspecify.annotations.NullMarked;
