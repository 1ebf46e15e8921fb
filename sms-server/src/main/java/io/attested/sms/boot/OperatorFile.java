package io.attested.sms.boot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that a setting names, read once at start. */
final class OperatorFile {
    private static final int MIB = 1 << 20;

    private OperatorFile() {}

    /**
     * The whole file; links are followed. A device or a pipe has no end and no size, so that only files are opened.
     *
     * @param key the setting, for messages
     * @param most bytes, whole MiB
     * @throws StartRefused when it is no regular file, longer, or cannot be read
     */
    static byte[] read(String key, Path file, int most) {
        if (!Files.exists(file)) {
            throw new StartRefused(key + " names a file that cannot be read: " + file);
        }
        if (!Files.isRegularFile(file)) {
            throw new StartRefused(key + " names something that is no regular file: " + file);
        }
        try (InputStream content = Files.newInputStream(file)) {
            byte[] bytes = content.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new StartRefused(key + " names a file of more than " + most / MIB + " MiB");
            }
            return bytes;
        } catch (IOException e) {
            throw new StartRefused(key + " names a file that cannot be read: " + file);
        }
    }
}
