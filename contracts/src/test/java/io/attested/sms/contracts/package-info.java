/** Tests of the bindings. */
@NullMarked
package io.attested.sms.contracts;

import org.jspecify.annotations.NullMarked;
