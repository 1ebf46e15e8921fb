/** Tests of the proofs: tries built here, and storage of the real contracts on a real node. */
@NullMarked
package io.attested.sms.chain.proof;

import org.jspecify.annotations.NullMarked;
