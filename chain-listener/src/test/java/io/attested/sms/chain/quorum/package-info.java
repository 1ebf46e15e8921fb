/** Several nodes before one real chain, some of them lying. */
@NullMarked
package io.attested.sms.chain.quorum;

import org.jspecify.annotations.NullMarked;
