/** Tests of the chain's types and of the modules' directions. */
@NullMarked
package io.attested.sms.chain;

import org.jspecify.annotations.NullMarked;
