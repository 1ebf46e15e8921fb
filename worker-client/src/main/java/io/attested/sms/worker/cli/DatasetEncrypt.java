package io.attested.sms.worker.cli;

import io.attested.sms.worker.dataset.DatasetFile;
import io.attested.sms.worker.dataset.DatasetKey;
import io.attested.sms.worker.dataset.KeyFile;
import io.attested.sms.worker.ethereum.Bytes32;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sms dataset encrypt}. */
@Command(
        name = "encrypt",
        description = {
            "Encrypt a dataset with a new key. The key goes to a new file with mode 0600.",
            "Prints the name of the key file and the checksum to register on chain: the SHA-256 of the encrypted file."
        },
        footer = "  ./sms dataset encrypt prices.csv prices.enc --key-out prices.key")
final class DatasetEncrypt implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "IN", description = "The dataset.")
    private Path in = Path.of("");

    @Parameters(index = "1", paramLabel = "OUT", description = "The encrypted dataset; must not exist.")
    private Path out = Path.of("");

    @Option(names = "--key-out", paramLabel = "FILE", description = "The key file; must not exist. Default: OUT.key")
    private @Nullable Path keyOut;

    DatasetEncrypt(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        SecretInput.requireFile(in);
        Path folder = out.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new NoSuchFileException(folder.toString());
        }
        Path keyFile = keyOut == null ? Path.of(out + ".key") : keyOut;
        SecureRandom random = new SecureRandom();
        try (DatasetKey key = DatasetKey.random(random)) {
            // The key is on the disk before anything can only be read with it.
            KeyFile.create(keyFile, key);
            Bytes32 checksum = encrypt(new DatasetFile(random), key, keyFile);
            console.line("key      " + keyFile);
            console.line("checksum " + checksum);
        }
        return ExitCode.DONE;
    }

    private Bytes32 encrypt(DatasetFile files, DatasetKey key, Path keyFile) throws IOException {
        try {
            return files.encrypt(in, out, key, new ProgressLine(console.err(), "encrypting"));
        } catch (IOException e) {
            // Nothing was encrypted with it, and it would be in the way of the next attempt.
            Files.deleteIfExists(keyFile);
            throw e;
        }
    }
}
