package io.attested.sms.release;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import java.time.Instant;

/**
 * What a challenge stands for.
 *
 * @param nonce 32 random bytes, redeemed once
 * @param expiresAt whole seconds
 */
record ChallengeToken(Bytes32 chainTaskId, String stage, Address worker, Bytes32 nonce, Instant expiresAt) {}
