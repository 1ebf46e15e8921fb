package io.attested.sms.worker.boot;

import io.attested.sms.worker.boot.EnvelopeContent.Dataset;
import io.attested.sms.worker.dataset.DatasetFile;
import io.attested.sms.worker.dataset.DatasetKey;
import io.attested.sms.worker.dataset.Decryption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * Puts dataset, or the datasets of a bulk task, and input files into the private directory.
 *
 * <p>A dataset is compared with the checksum in the envelope before and while it is decrypted. Input files have no checksum
 * in a deal; their content is the host's word.
 */
final class Inputs {
    private final DatasetFile files = new DatasetFile(new SecureRandom());
    private final TaskOrder order;
    private final BootListener listener;

    Inputs(TaskOrder order, BootListener listener) {
        this.order = order;
        this.listener = listener;
    }

    void place(EnvelopeContent content, Path in) throws RefusedException {
        try {
            if (content.dataset().isPresent()) {
                Dataset dataset = content.dataset().get();
                decrypt(dataset, encryptedDataset(dataset), in);
            }
            for (Dataset dataset : content.datasets()) {
                decrypt(dataset, encryptedDatasetOfBulk(dataset), in);
            }
            for (String name : content.inputFiles()) {
                Files.copy(inputFile(name), in.resolve(name));
            }
        } catch (IOException e) {
            throw new RefusedException(
                    RefusalCode.INPUT_MISSING, "an input could not be put into private memory: " + e.getMessage());
        }
    }

    private void decrypt(Dataset dataset, Path encrypted, Path in) throws RefusedException, IOException {
        Path plain = in.resolve(dataset.filename());
        try (DatasetKey key = DatasetKey.parse(dataset.keyText())
                .orElseThrow(() -> new RefusedException(
                        RefusalCode.DATASET_KEY_DOES_NOT_FIT,
                        "the key the dataset's owner pushed is no base64 text of 32 bytes; the owner has to push the key "
                                + "that the encryption printed"))) {
            Decryption outcome =
                    files.decrypt(encrypted, plain, key, Optional.of(dataset.checksum()), listener::decrypting);
            refuseFailure(outcome, dataset);
        }
    }

    private static void refuseFailure(Decryption outcome, Dataset dataset) throws RefusedException {
        switch (outcome) {
            case Decryption.Decrypted decrypted -> {}
            case Decryption.ChecksumDiffers differs ->
                throw new RefusedException(
                        RefusalCode.DATASET_CHANGED,
                        "the encrypted dataset has the SHA-256 " + differs.found() + ", registered is "
                                + dataset.checksum() + "; fetch it again");
            case Decryption.NotADataset not ->
                throw new RefusedException(
                        RefusalCode.DATASET_KEY_DOES_NOT_FIT,
                        "the registered dataset has " + not.length()
                                + " bytes, which no encrypted dataset has; its owner " + "registered another file");
            case Decryption.KeyDoesNotFit not ->
                throw new RefusedException(
                        RefusalCode.DATASET_KEY_DOES_NOT_FIT,
                        "the key does not decrypt the registered dataset; its owner has to push the key that belongs to it");
        }
    }

    private Path encryptedDataset(Dataset dataset) throws RefusedException {
        Optional<Path> given = order.datasetFile()
                .or(() -> order.inputDirectory().map(directory -> directory.resolve(dataset.filename())));
        return given.filter(Files::isRegularFile)
                .orElseThrow(() -> new RefusedException(
                        RefusalCode.DATASET_MISSING,
                        "the encrypted dataset " + dataset.filename()
                                + " was not found; give it with --dataset FILE, or "
                                + "with --input DIR under this name"));
    }

    /** Of several datasets each lies under its own name. */
    private Path encryptedDatasetOfBulk(Dataset dataset) throws RefusedException {
        return order.inputDirectory()
                .map(directory -> directory.resolve(dataset.filename()))
                .filter(Files::isRegularFile)
                .orElseThrow(() -> new RefusedException(
                        RefusalCode.DATASET_MISSING,
                        "the encrypted dataset " + dataset.filename()
                                + " of the bulk was not found; put it into the directory given with --input under this"
                                + " name"));
    }

    private Path inputFile(String name) throws RefusedException {
        return order.inputDirectory()
                .map(directory -> directory.resolve(name))
                .filter(Files::isRegularFile)
                .orElseThrow(() -> new RefusedException(
                        RefusalCode.INPUT_MISSING,
                        "the input file " + name + " was not found; put it into the directory given with --input"));
    }
}
