/** Tests of the chain as decisions see it, on a real chain that moves. */
@NullMarked
package io.attested.sms.chain.live;

import org.jspecify.annotations.NullMarked;
