@NullMarked
package io.attested.sms.bench.follow;

import org.jspecify.annotations.NullMarked;
