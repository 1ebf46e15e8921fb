package io.attested.sms.worker.evidence.tdx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The files of the running kernel. */
final class LinuxFiles implements KernelFiles {
    @Override
    public byte[] read(Path file, int max) throws IOException {
        try (var in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(max + 1);
            if (content.length > max) {
                throw new IOException(file + " has more than " + max + " bytes");
            }
            return content;
        }
    }

    @Override
    public void write(Path file, byte[] content) throws IOException {
        Files.write(file, content, StandardOpenOption.WRITE);
    }

    @Override
    public void makeFolder(Path folder) throws IOException {
        Files.createDirectory(folder);
    }

    @Override
    public void removeFolder(Path folder) throws IOException {
        Files.delete(folder);
    }
}
