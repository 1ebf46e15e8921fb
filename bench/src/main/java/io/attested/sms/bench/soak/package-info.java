/**
 * A long run of decisions on a chain that reorganises itself, through nodes that fail in turns, and the check of each
 * decision against what the chain says itself.
 *
 * <p>Owns the driver of the chain, the troubles of the nodes, the decisions and their checker. The checker reads the chain
 * by direct calls at a block's hash, with none of the code that is checked, except for the decoding of the contracts'
 * answers.
 */
@NullMarked
package io.attested.sms.bench.soak;

import org.jspecify.annotations.NullMarked;
