package io.attested.sms.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A folder somebody named for a command's files: new, or empty, so that nothing of theirs is mixed in or replaced. */
public final class WorkFolder {
    private WorkFolder() {}

    /**
     * The folder named with {@code --dir}, absolute; made if it is missing.
     *
     * @throws IOException when it is no folder or not empty
     */
    public static Path named(Path named) throws IOException {
        Path folder = named.toAbsolutePath().normalize();
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IOException("--dir " + folder + " is no folder; name an empty or a new one");
        }
        Files.createDirectories(folder);
        try (Stream<Path> entries = Files.list(folder)) {
            if (entries.findAny().isPresent()) {
                throw new IOException("--dir " + folder + " is not empty; name an empty or a new one");
            }
        }
        return folder;
    }
}
