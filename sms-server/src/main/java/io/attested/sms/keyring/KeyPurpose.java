package io.attested.sms.keyring;

/**
 * What one wrapped record of the key hierarchy is for. The name is part of the record's associated data, so a record
 * cannot be used for another purpose. Each holds 32 random bytes.
 */
public enum KeyPurpose {
    /** Opens only under the root key the store was created with; used for nothing else. */
    KEY_CHECK,
    /** Wraps the data key of each secret (AES-256). */
    DATA_KEY_WRAPPING,
    /** The Ed25519 seed of the service key. */
    SERVICE_KEY_SEED,
    /** The seed of the per-task challenge keys, native protocol section 6. */
    CHALLENGE_KEY_SEED,
    /** Authenticates challenge tokens (HMAC-SHA-256). */
    CHALLENGE_TOKEN_MAC,
    /** Names an accepted push without keeping its challenge (HMAC-SHA-256). */
    PUSH_REPLAY_MAC
}
