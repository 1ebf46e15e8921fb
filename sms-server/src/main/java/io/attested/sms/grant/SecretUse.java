package io.attested.sms.grant;

/** What a task needs a secret for. */
public sealed interface SecretUse {

    /** Decrypts the deal's dataset. */
    record DatasetKey() implements SecretUse {}

    /**
     * Decrypts one dataset of a bulk deal.
     *
     * @param number position in the task's slice, from 1
     */
    record BulkDatasetKey(int number) implements SecretUse {}

    /** The app developer's secret, given to the application when one was pushed. */
    record AppDeveloperSecret() implements SecretUse {}

    /**
     * A requester's secret, given to the application when one was pushed.
     *
     * @param index position in the application's environment, from 1
     */
    record RequesterSecret(int index) implements SecretUse {}

    /** The public key the result is encrypted to. */
    record ResultEncryptionKey() implements SecretUse {}

    /** The token that stores the result. */
    record ResultStorageToken() implements SecretUse {}

    /** The address of the result proxy, when the deal names none. */
    record ResultProxyUrl() implements SecretUse {}
}
