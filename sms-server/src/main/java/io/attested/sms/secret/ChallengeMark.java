package io.attested.sms.secret;

import io.attested.sms.chain.Bytes32;

/**
 * Stands for an accepted push without telling its challenge: HMAC-SHA-256 over kind and challenge under a key of ours.
 * The plain challenge would let a reader of the database test guesses of the secret.
 */
public record ChallengeMark(Bytes32 mac) {}
