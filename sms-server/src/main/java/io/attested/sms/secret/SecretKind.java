package io.attested.sms.secret;

/** The four kinds of secret. The word is part of the associated data of every stored value and of the log. */
public enum SecretKind {
    /** The key of an encrypted dataset (iExec: web3 secret). */
    DATASET_KEY("dataset-key"),
    /** The one secret of an app's developer. */
    APP_SECRET("app-secret"),
    /** A named secret of a requester. */
    REQUESTER_SECRET("requester-secret"),
    /** A named secret of an account (iExec: web2 secret), the only kind that can be replaced. */
    ACCOUNT_SECRET("account-secret");

    private final String word;

    SecretKind(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
