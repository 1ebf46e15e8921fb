/** The pages compared with the code they describe, in both directions: neither may name what the other lacks. */
@NullMarked
package io.attested.sms.docs;

import org.jspecify.annotations.NullMarked;
