package io.attested.sms.worker.dataset;

import io.attested.sms.attestation.seal.RawSecretAccess;
import io.attested.sms.attestation.seal.SecretBytes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** A file that holds one dataset key as base64 text. */
public final class KeyFile {
    private static final int MAX_LENGTH = 4096;

    private KeyFile() {}

    /**
     * Writes the key to a new file with mode 0600 and forces it to the disk.
     *
     * @throws java.nio.file.FileAlreadyExistsException when the file exists; it is left alone
     */
    public static void create(Path file, DatasetKey key) throws IOException {
        try (SecretBytes text = key.text();
                FileChannel channel = FileChannel.open(
                        file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), NewFile.ownerOnly())) {
            byte[] raw = text.copy(RawSecretAccess.to("write a key file"));
            OutputStream out = Channels.newOutputStream(channel);
            out.write(raw);
            channel.force(true);
            Arrays.fill(raw, (byte) 0);
        }
    }

    /** Reads a key; nothing when the file holds anything else. */
    public static Optional<DatasetKey> read(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            byte[] raw = in.readNBytes(MAX_LENGTH);
            try (SecretBytes text = SecretBytes.owning(raw)) {
                return DatasetKey.parse(text);
            }
        }
    }
}
