/**
 * The same question to several nodes, and an answer only when enough of them agree.
 *
 * <p>Owns the comparison of answers, the agreed head, and who is benched for having said something else. Refuses to
 * answer when answers differ or too few come. Remembers no answer. Calls nodes through {@code chain.rpc} alone.
 */
@NullMarked
package io.attested.sms.chain.quorum;

import org.jspecify.annotations.NullMarked;
