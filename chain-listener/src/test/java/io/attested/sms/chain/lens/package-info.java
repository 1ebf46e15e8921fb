@NullMarked
package io.attested.sms.chain.lens;

import org.jspecify.annotations.NullMarked;
