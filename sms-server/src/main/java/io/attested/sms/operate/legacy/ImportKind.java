package io.attested.sms.operate.legacy;

/** What is taken over. */
public enum ImportKind {
    ACCOUNT("account secrets"),
    DATASET("dataset keys"),
    APP("app secrets"),
    REQUESTER("requester secrets"),
    CHALLENGE("challenge keys");

    private final String words;

    ImportKind(String words) {
        this.words = words;
    }

    /** For people. */
    public String words() {
        return words;
    }
}
