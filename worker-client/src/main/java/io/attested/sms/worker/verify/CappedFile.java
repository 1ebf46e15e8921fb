package io.attested.sms.worker.verify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads regular files that may be larger than anything that fits. */
public final class CappedFile {
    private CappedFile() {}

    /**
     * The first {@code max} bytes: ask for one more than is accepted, and a longer file is refused by its length.
     *
     * @throws IOException when the file cannot be read, or is a folder, pipe or device
     */
    public static byte[] read(Path file, int max) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + " is a folder; give a file");
        }
        // Opening a pipe waits for its other end, and a device may never end.
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException(file + " is a pipe, socket or device; give a regular file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(max);
        }
    }
}
