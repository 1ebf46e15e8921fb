package io.attested.sms.operate.legacy;

/** Why a row is not taken over. */
public enum SkipReason {
    EXISTS("exists here, and stays as it is"),
    EMPTY("empty in the original, where nobody could use it either"),
    TOO_LONG("longer than any value may be; nobody could push it"),
    NOT_DECRYPTED("does not decrypt to text under this key"),
    BAD_NAME("its name or address is not one"),
    NO_OWNER("the chain names no owner of the asset"),
    CHAIN_SILENT("the chain did not say who owns the asset; import again when it does"),
    DEADLINE_PASSED("the task's deadline has passed"),
    SEVERAL_KEYS("the original has several keys for the task and serves none of them"),
    NO_KEY("the original has no key for the task"),
    OTHER_ADDRESS("the key's address is not the one the original has for it");

    private final String words;

    SkipReason(String words) {
        this.words = words;
    }

    /** For people. */
    public String words() {
        return words;
    }
}
