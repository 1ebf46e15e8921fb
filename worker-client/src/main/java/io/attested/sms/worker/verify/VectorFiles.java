package io.attested.sms.worker.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The evidence files of a vector. What is expected of it cannot be read through this.
 *
 * @param folder that holds them
 */
public record VectorFiles(Path folder) {
    /** Whether the file is there. */
    public boolean has(String name) {
        return Files.isRegularFile(file(name));
    }

    /** The first {@code max} bytes of a file. */
    public byte[] read(String name, int max) throws IOException {
        return CappedFile.read(file(name), max);
    }

    private Path file(String name) {
        if (name.equals(Expectation.FILE)) {
            throw new IllegalArgumentException("what is expected of a vector is not for who judges it");
        }
        return folder.resolve(name);
    }
}
