package io.attested.sms.worker.cli;

import io.attested.sms.worker.dataset.DatasetFile;
import io.attested.sms.worker.dataset.DatasetKey;
import io.attested.sms.worker.dataset.Decryption;
import io.attested.sms.worker.dataset.KeyFile;
import io.attested.sms.worker.ethereum.Bytes32;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sms dataset decrypt}. */
@Command(
        name = "decrypt",
        description = {
            "Decrypt a dataset. The output appears only when all of it was decrypted.",
            "The format does not protect against changes: give --checksum to be sure that the file is the registered one."
        },
        footer = "  ./sms dataset decrypt prices.enc prices.csv --key prices.key")
final class DatasetDecrypt implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "IN", description = "The encrypted dataset.")
    private Path in = Path.of("");

    @Parameters(index = "1", paramLabel = "OUT", description = "The dataset; must not exist.")
    private Path out = Path.of("");

    @Option(names = "--key", required = true, paramLabel = "FILE", description = "The key file.")
    private Path keyFile = Path.of("");

    @Option(
            names = "--checksum",
            paramLabel = "HEX",
            converter = Typed.OfBytes32.class,
            description = "The registered SHA-256 of the encrypted file.")
    private @Nullable Bytes32 checksum;

    DatasetDecrypt(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Failure, IOException {
        try (DatasetKey key = KeyFile.read(keyFile)
                .orElseThrow(
                        () -> Failure.refused(keyFile + " holds no dataset key; expected is base64 of 32 bytes"))) {
            Decryption outcome = new DatasetFile(new SecureRandom())
                    .decrypt(
                            in, out, key, Optional.ofNullable(checksum), new ProgressLine(console.err(), "decrypting"));
            report(outcome);
        }
        return ExitCode.DONE;
    }

    private void report(Decryption outcome) throws Failure {
        switch (outcome) {
            case Decryption.Decrypted decrypted -> console.line("decrypted " + decrypted.length() + " bytes");
            case Decryption.ChecksumDiffers differs ->
                throw Failure.refused(in + " has the SHA-256 " + differs.found() + ", expected was " + checksum
                        + "; fetch the file again");
            case Decryption.NotADataset not ->
                throw Failure.refused(
                        in + " has " + not.length() + " bytes, which no encrypted dataset has; expected are "
                                + "16 bytes and then whole blocks of 16");
            case Decryption.KeyDoesNotFit not ->
                throw Failure.refused("the key does not decrypt " + in + ": the key is another one, or the file was "
                        + "changed. Nothing was written");
        }
    }
}
