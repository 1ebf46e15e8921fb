/** The adapter against real nodes, a recorded chain and a node that lies. */
@NullMarked
package io.attested.sms.chain.rpc;

import org.jspecify.annotations.NullMarked;
