package io.attested.sms.worker.verify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files that may be larger than anything that fits. */
public final class CappedFile {
    private CappedFile() {}

    /**
     * The first {@code max} bytes: ask for one more than is accepted, and a longer file is refused by its length.
     *
     * @throws IOException when the file cannot be read
     */
    public static byte[] read(Path file, int max) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(max);
        }
    }
}
