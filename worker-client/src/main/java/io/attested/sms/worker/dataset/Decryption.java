package io.attested.sms.worker.dataset;

import io.attested.sms.worker.ethereum.Bytes32;

/** What became of an attempt to decrypt a dataset file. */
public sealed interface Decryption {
    /**
     * The plaintext stands under its final name.
     *
     * @param length bytes of plaintext
     */
    record Decrypted(long length) implements Decryption {}

    /**
     * The SHA-256 of the encrypted file is another than expected; nothing was decrypted.
     *
     * @param found SHA-256 of the file as it is
     */
    record ChecksumDiffers(Bytes32 found) implements Decryption {}

    /**
     * The length is no length of the format: 16 bytes of IV and at least one whole block of 16.
     *
     * @param length bytes of the file
     */
    record NotADataset(long length) implements Decryption {}

    /** The padding is wrong: the key is another one, or the file was changed. Which of both cannot be told. */
    record KeyDoesNotFit() implements Decryption {}
}
