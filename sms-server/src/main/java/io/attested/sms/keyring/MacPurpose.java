package io.attested.sms.keyring;

/** What a message authentication code is made for; each purpose has a key of its own. */
public enum MacPurpose {
    /** The challenge tokens of {@code POST /v1/challenges}. */
    CHALLENGE_TOKEN(KeyPurpose.CHALLENGE_TOKEN_MAC),
    /** The state that makes the replay of a push harmless. */
    PUSH_REPLAY(KeyPurpose.PUSH_REPLAY_MAC);

    private final KeyPurpose key;

    MacPurpose(KeyPurpose key) {
        this.key = key;
    }

    KeyPurpose key() {
        return key;
    }
}
